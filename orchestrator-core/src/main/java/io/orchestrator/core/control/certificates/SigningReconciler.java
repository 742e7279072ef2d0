package io.orchestrator.core.control.certificates;

import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestCondition;
import io.orchestrator.api.model.certificates.CertificateSigningRequestConditionBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequestSpec;
import io.orchestrator.api.model.certificates.RequestConditionType;
import io.orchestrator.core.auth.signing.RequestedCertificate;
import io.orchestrator.core.auth.signing.Signers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs what is approved for one of the signers that every cluster has; says so in the request where it cannot be. */
public final class SigningReconciler implements Reconciler {
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Makes certificates. Thread-safe. */
    @FunctionalInterface
    public interface Signer {
        /** @return PEM */
        String sign(RequestedCertificate wanted, List<String> usages, Duration life);
    }

    private final Signer signer;

    private SigningReconciler(Signer signer) {
        this.signer = signer;
    }

    public static ControllerSpec by(Signer signer) {
        return ControllerSpec.named("csrsigning")
                .reconciles(CertificateSigningRequest.TYPE)
                .with(new SigningReconciler(signer));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<CertificateSigningRequest> found =
                context.view().get(CertificateSigningRequest.TYPE, key).filter(SigningReconciler::isOurs);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        CertificateSigningRequest request = found.get();
        CertificateSigningRequestSpec spec = request.spec();
        ResourceClient<CertificateSigningRequest> requests = context.client().resources(CertificateSigningRequest.TYPE);
        RequestedCertificate wanted;
        try {
            wanted = RequestedCertificate.parse(spec.request().toByteArray());
        } catch (IllegalArgumentException e) {
            requests.updateStatus(failed(
                    request, String.valueOf(e.getMessage()), context.clock().instant()));
            return Outcome.done();
        }
        Optional<String> fault = Signers.fault(spec.signerName(), wanted, spec.usages());
        if (fault.isPresent()) {
            requests.updateStatus(failed(request, fault.get(), context.clock().instant()));
            return Outcome.done();
        }
        Integer asked = spec.expirationSeconds();
        Duration life = asked == null ? LONGEST : Duration.ofSeconds(asked);
        String certificate = signer.sign(wanted, spec.usages(), life.compareTo(LONGEST) > 0 ? LONGEST : life);
        requests.updateStatus(request.withStatus(request.status().withCertificate(Bytes.utf8(certificate))));
        return Outcome.done();
    }

    private static boolean isOurs(CertificateSigningRequest request) {
        return Signers.know(request.spec().signerName())
                && request.status().certificate().equals(Bytes.EMPTY)
                && has(request, RequestConditionType.APPROVED)
                && !has(request, RequestConditionType.DENIED)
                && !has(request, RequestConditionType.FAILED);
    }

    static boolean has(CertificateSigningRequest request, String type) {
        return request.status().conditions().stream()
                .anyMatch(condition -> condition.type().equals(type));
    }

    private static CertificateSigningRequest failed(CertificateSigningRequest request, String why, Instant now) {
        List<CertificateSigningRequestCondition> conditions =
                new ArrayList<>(request.status().conditions());
        conditions.add(CertificateSigningRequestConditionBuilder.builder()
                .type(RequestConditionType.FAILED)
                .status("True")
                .reason("SignerValidationFailure")
                .message(why)
                .lastUpdateTime(Time.of(now))
                .build());
        return request.withStatus(request.status().withConditions(conditions));
    }
}
