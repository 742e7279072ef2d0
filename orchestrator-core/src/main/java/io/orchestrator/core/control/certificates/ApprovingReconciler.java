package io.orchestrator.core.control.certificates;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.authorization.ResourceAttributesBuilder;
import io.orchestrator.api.model.authorization.SubjectAccessReview;
import io.orchestrator.api.model.authorization.SubjectAccessReviewBuilder;
import io.orchestrator.api.model.authorization.SubjectAccessReviewSpecBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestCondition;
import io.orchestrator.api.model.certificates.CertificateSigningRequestConditionBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequestSpec;
import io.orchestrator.api.model.certificates.RequestConditionType;
import io.orchestrator.core.auth.signing.RequestedCertificate;
import io.orchestrator.core.auth.signing.Signers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Approves the requests by which nodes become known to the API server, where the sender may have such a certificate: its first
 * one, or, for a node that is known already, its next one.
 */
public final class ApprovingReconciler implements Reconciler {
    private ApprovingReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("csrapproving")
                .reconciles(CertificateSigningRequest.TYPE)
                .with(new ApprovingReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<CertificateSigningRequest> found = context.view()
                .get(CertificateSigningRequest.TYPE, key)
                .filter(request ->
                        request.spec().signerName().equals(Signers.NODE_CLIENT) || isOwnServer(request.spec()))
                .filter(request -> !SigningReconciler.has(request, RequestConditionType.APPROVED)
                        && !SigningReconciler.has(request, RequestConditionType.DENIED));
        if (found.isEmpty()) {
            return Outcome.done();
        }
        CertificateSigningRequest request = found.get();
        if (request.spec().signerName().equals(Signers.NODE_SERVER)) {
            approve(request, "Auto approving kubelet serving certificate for the node's own name.", context);
            return Outcome.done();
        }
        Optional<String> right = rightFor(request.spec());
        if (right.isPresent() && may(request.spec(), right.get(), context)) {
            String self = right.get().startsWith("self") ? "self " : "";
            approve(
                    request,
                    "Auto approving " + self + "kubelet client certificate after SubjectAccessReview.",
                    context);
        }
        return Outcome.done();
    }

    private static void approve(CertificateSigningRequest request, String message, Context context) {
        context.client()
                .resources(CertificateSigningRequest.TYPE)
                .updateSubresource(request.metadata().name(), "approval", approved(request, message, context));
    }

    /**
     * Whether a node asks for a certificate of its own port that is for its name and nothing else. What addresses it has nobody
     * could vouch for; and a name that leads to the API itself is none of a node.
     */
    private static boolean isOwnServer(CertificateSigningRequestSpec spec) {
        if (!spec.signerName().equals(Signers.NODE_SERVER) || !spec.groups().contains("system:nodes")) {
            return false;
        }
        try {
            RequestedCertificate wanted =
                    RequestedCertificate.parse(spec.request().toByteArray());
            String node =
                    wanted.commonName().substring(Math.min(wanted.commonName().length(), "system:node:".length()));
            boolean itself = !node.isEmpty() && wanted.commonName().equals(spec.username());
            boolean apiServer = node.equals("localhost") || node.equals("kubernetes") || node.startsWith("kubernetes.");
            return itself
                    && !apiServer
                    && wanted.isForDnsName(node)
                    && Signers.fault(spec.signerName(), wanted, spec.usages()).isEmpty();
        } catch (IllegalArgumentException unreadable) {
            // Whoever is asked to approve it by hand will see that.
            return false;
        }
    }

    /** The right that the sender needs; empty for a request that is not one of a node. */
    private static Optional<String> rightFor(CertificateSigningRequestSpec spec) {
        RequestedCertificate wanted;
        try {
            wanted = RequestedCertificate.parse(spec.request().toByteArray());
        } catch (IllegalArgumentException unreadable) {
            // Whoever is asked to approve it by hand will see that.
            return Optional.empty();
        }
        if (Signers.fault(spec.signerName(), wanted, spec.usages()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(wanted.commonName().equals(spec.username()) ? "selfnodeclient" : "nodeclient");
    }

    private static boolean may(CertificateSigningRequestSpec spec, String right, Context context) {
        SubjectAccessReview asked = SubjectAccessReviewBuilder.builder()
                .spec(SubjectAccessReviewSpecBuilder.builder()
                        .user(spec.username())
                        .uid(spec.uid())
                        .groups(spec.groups())
                        .extra(spec.extra())
                        .resourceAttributes(ResourceAttributesBuilder.builder()
                                .verb("create")
                                .group("certificates.k8s.io")
                                .resource("certificatesigningrequests")
                                .subresource(right)
                                .build())
                        .build())
                .build();
        return context.client()
                .resources(SubjectAccessReview.TYPE)
                .create(asked)
                .status()
                .allowed();
    }

    private static CertificateSigningRequest approved(
            CertificateSigningRequest request, String message, Context context) {
        List<CertificateSigningRequestCondition> conditions =
                new ArrayList<>(request.status().conditions());
        conditions.add(CertificateSigningRequestConditionBuilder.builder()
                .type(RequestConditionType.APPROVED)
                .status("True")
                .reason("AutoApproved")
                .message(message)
                .lastUpdateTime(Time.of(context.clock().instant()))
                .build());
        return request.withStatus(request.status().withConditions(conditions));
    }
}
