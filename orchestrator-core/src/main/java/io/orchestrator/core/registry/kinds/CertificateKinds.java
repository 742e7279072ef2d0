package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestCondition;
import io.orchestrator.api.model.certificates.CertificateSigningRequestStatus;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.validation.CertificateValidation;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Requests for certificates: posted by whoever wants one, approved by a second party, signed by a third. */
final class CertificateKinds {
    private CertificateKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(ResourceStrategy.of(CertificateSigningRequest.TYPE)
                .names(name -> List.of())
                .prepareCreate(request -> request.withStatus(CertificateSigningRequestStatus.EMPTY))
                .prepareUpdate((wanted, current) -> wanted.withSpec(current.spec()))
                .validation(CertificateValidation::request)
                .status((request, source) -> request.withStatus(dated(source.status())))
                .statusValidation(CertificateValidation::statusUpdate)
                .field("spec.signerName", request -> request.spec().signerName())
                .subresource(new Subresource.View<>(
                        "approval",
                        CertificateSigningRequest.TYPE,
                        Set.of("get", "update", "patch"),
                        Function.identity(),
                        CertificateKinds::approved))
                .build());
    }

    private static CertificateSigningRequest approved(
            CertificateSigningRequest request, CertificateSigningRequest view, Violations violations) {
        CertificateValidation.approval(view, request, violations);
        return request.withStatus(
                request.status().withConditions(dated(view.status()).conditions()));
    }

    /** Who tells of a condition says when; that is also when it came to be so. */
    private static CertificateSigningRequestStatus dated(CertificateSigningRequestStatus status) {
        return status.withConditions(
                status.conditions().stream().map(CertificateKinds::dated).toList());
    }

    private static CertificateSigningRequestCondition dated(CertificateSigningRequestCondition condition) {
        return condition.lastTransitionTime() == null
                ? condition.withLastTransitionTime(condition.lastUpdateTime())
                : condition;
    }
}
