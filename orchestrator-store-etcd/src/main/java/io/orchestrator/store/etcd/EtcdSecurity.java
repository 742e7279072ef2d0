package io.orchestrator.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.ClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a store and etcd know each other.
 *
 * @param authority PEM of who signed the members' certificates; null for those that the JVM trusts anyway
 * @param certificate PEM of this client's certificate, and of those between it and the authority; null for none
 * @param key PEM of its key, as PKCS#8 without a password
 * @param user in etcd's own user management, or null
 */
record EtcdSecurity(
        @Nullable Path authority,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String user,
        @Nullable String password) {
    static final EtcdSecurity NONE = new EtcdSecurity(null, null, null, null, null);

    EtcdSecurity trusting(Path pem) {
        return new EtcdSecurity(pem, certificate, key, user, password);
    }

    EtcdSecurity presenting(Path certificatePem, Path keyPem) {
        return new EtcdSecurity(authority, certificatePem, keyPem, user, password);
    }

    EtcdSecurity as(String name, String secret) {
        return new EtcdSecurity(authority, certificate, key, name, secret);
    }

    /** @throws IllegalArgumentException when a file cannot be read, or holds something else */
    void apply(ClientBuilder builder) {
        if (authority != null || certificate != null) {
            try {
                builder.sslContext(tls -> {
                    if (authority != null) {
                        tls.trustManager(authority.toFile());
                    }
                    if (certificate != null && key != null) {
                        tls.keyManager(certificate.toFile(), key.toFile());
                    }
                });
            } catch (SSLException e) {
                throw new IllegalArgumentException("these certificates cannot be used: " + this, e);
            }
        }
        if (user != null && password != null) {
            builder.user(ByteSequence.from(user, StandardCharsets.UTF_8))
                    .password(ByteSequence.from(password, StandardCharsets.UTF_8));
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "authority " + authority + ", certificate " + certificate + ", key " + key + ", user " + user;
    }
}
