package io.orchestrator.core.client.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A client's certificate with those between it and an authority, and its key. */
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
    public ClientIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new ConfigException("a client certificate holds at least one certificate");
        }
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "ClientIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
