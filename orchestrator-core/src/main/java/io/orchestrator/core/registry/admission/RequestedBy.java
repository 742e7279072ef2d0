package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestSpecBuilder;
import io.orchestrator.core.registry.Caller;

/** Writes into a request for a certificate who makes it, whatever it says itself. */
public final class RequestedBy implements Admission {

    @Override
    @SuppressWarnings("unchecked") // a request's object is of its kind
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created = request.operation() == Operation.CREATE && request.isOfObject();
        return created && object instanceof CertificateSigningRequest signing
                ? (T) by(request.caller(), signing)
                : object;
    }

    private static CertificateSigningRequest by(Caller caller, CertificateSigningRequest signing) {
        return signing.withSpec(CertificateSigningRequestSpecBuilder.builder(signing.spec())
                .username(caller.user())
                .uid(caller.uid())
                .groups(caller.groups())
                .extra(caller.extra())
                .build());
    }
}
