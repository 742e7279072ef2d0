package io.orchestrator.core.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Proves who somebody is. Thread-safe; must not block. */
@FunctionalInterface
public interface Authenticator {

    /**
     * What a connection and a request bring along.
     *
     * @param peerCertificates the client's chain, its own first; empty when it sent none. The handshake has checked that
     *     the client holds the key, not that we issued it
     * @param bearerToken without the scheme; empty when there is none
     */
    record Evidence(List<X509Certificate> peerCertificates, String bearerToken) {
        public Evidence {
            peerCertificates = List.copyOf(peerCertificates);
        }

        public boolean isEmpty() {
            return peerCertificates.isEmpty() && bearerToken.isEmpty();
        }
    }

    /** The user, or empty when this authenticator does not know the evidence. */
    Optional<UserInfo> authenticate(Evidence evidence);

    /** Asks one after the other; the first that knows the evidence decides. */
    static Authenticator firstOf(List<Authenticator> authenticators) {
        List<Authenticator> all = List.copyOf(authenticators);
        return evidence -> {
            for (Authenticator each : all) {
                Optional<UserInfo> user = each.authenticate(evidence);
                if (user.isPresent()) {
                    return user;
                }
            }
            return Optional.empty();
        };
    }
}
