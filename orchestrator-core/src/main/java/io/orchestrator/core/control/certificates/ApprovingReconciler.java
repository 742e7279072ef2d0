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
                .filter(request -> request.spec().signerName().equals(Signers.NODE_CLIENT))
                .filter(request -> !SigningReconciler.has(request, RequestConditionType.APPROVED)
                        && !SigningReconciler.has(request, RequestConditionType.DENIED));
        if (found.isEmpty()) {
            return Outcome.done();
        }
        CertificateSigningRequest request = found.get();
        Optional<String> right = rightFor(request.spec());
        if (right.isPresent() && may(request.spec(), right.get(), context)) {
            context.client()
                    .resources(CertificateSigningRequest.TYPE)
                    .updateSubresource(key.name(), "approval", approved(request, right.get(), context));
        }
        return Outcome.done();
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
            CertificateSigningRequest request, String right, Context context) {
        List<CertificateSigningRequestCondition> conditions =
                new ArrayList<>(request.status().conditions());
        conditions.add(CertificateSigningRequestConditionBuilder.builder()
                .type(RequestConditionType.APPROVED)
                .status("True")
                .reason("AutoApproved")
                .message("Auto approving " + (right.startsWith("self") ? "self " : "")
                        + "kubelet client certificate after SubjectAccessReview.")
                .lastUpdateTime(Time.of(context.clock().instant()))
                .build());
        return request.withStatus(request.status().withConditions(conditions));
    }
}
