package io.orchestrator.core.registry.admission.access;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.auth.signing.RequestedCertificate;
import io.orchestrator.core.auth.signing.Signers;
import io.orchestrator.core.registry.admission.Admission;

/**
 * Requests for certificates are approved by those who may {@code approve} for their signer, signed by those who may
 * {@code sign} for it; and nobody gets the group that may do everything by asking for it.
 */
public final class CertificatePermission implements Admission {
    private final Authorizer authorizer;

    public CertificatePermission(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (!(request.object() instanceof CertificateSigningRequest wanted)) {
            return;
        }
        String signer = wanted.spec().signerName();
        switch (request.subresource()) {
            case "approval" -> require(request, "approve", signer);
            case "status" -> {
                boolean signed = request.current() instanceof CertificateSigningRequest current
                        && !current.status()
                                .certificate()
                                .equals(wanted.status().certificate());
                if (signed) {
                    require(request, "sign", signer);
                }
            }
            default -> {
                if (request.operation() == Operation.CREATE && signer.equals(Signers.CLIENT)) {
                    refuseMasters(request, wanted);
                }
            }
        }
    }

    private void require(Request<?> request, String verb, String signer) {
        int slash = signer.indexOf('/');
        boolean may =
                may(request, verb, signer) || (slash > 0 && may(request, verb, signer.substring(0, slash) + "/*"));
        if (!may) {
            throw request.denied("user not permitted to " + verb + " requests with signerName \"" + signer + "\"");
        }
    }

    private boolean may(Request<?> request, String verb, String name) {
        return authorizer
                .decide(new Authorizer.Request(
                        request.caller().userInfo(), verb, "certificates.k8s.io", "signers", "", name, ""))
                .allowed();
    }

    private static void refuseMasters(Request<?> request, CertificateSigningRequest wanted) {
        RequestedCertificate parsed;
        try {
            parsed = RequestedCertificate.parse(wanted.spec().request().toByteArray());
        } catch (IllegalArgumentException e) {
            throw request.denied("failed to parse CSR: " + e.getMessage());
        }
        if (parsed.organizations().contains(UserInfo.MASTERS)) {
            throw request.denied(
                    "use of " + Signers.CLIENT + " signer with " + UserInfo.MASTERS + " group is not allowed");
        }
    }
}
