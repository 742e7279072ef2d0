package io.orchestrator.core.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.token.SigningKeys;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What the cluster signs with: its certificate authority, and the keys of service account tokens. They lie in the store, where
 * no reader of the API comes by them: whoever opens the same store, after a restart or beside this one, is the same cluster to
 * everybody who holds a kubeconfig or a token.
 */
record ClusterKeys(CertificateAuthority authority, SigningKeys tokens) {
    private static final StoreKey KEY = StoreKey.of("orchestrator", "keys");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those that lie in the store; makes them when there are none. */
    static ClusterKeys in(Store store, String clusterName, Clock clock, SecureRandom random) {
        Optional<Entry> known = store.get(KEY);
        if (known.isPresent()) {
            return read(known.get(), clock, random);
        }
        ClusterKeys fresh = new ClusterKeys(
                CertificateAuthority.create(clusterName + "-ca", clock, random), SigningKeys.create(random));
        try {
            store.put(KEY, StoreValue.of(fresh.bytes()), Expect.absent());
            return fresh;
        } catch (StoreException.Conflict | StoreException.Unavailable e) {
            // Another control plane was faster, or we were and do not know it.
            return store.get(KEY).map(entry -> read(entry, clock, random)).orElseThrow(() -> e);
        }
    }

    private static ClusterKeys read(Entry entry, Clock clock, SecureRandom random) {
        try {
            JsonNode node = JSON.readTree(entry.value().bytes());
            Identity identity = Identity.fromPem(
                    node.path("authority").path("certificate").asText(),
                    node.path("authority").path("key").asText());
            return new ClusterKeys(
                    CertificateAuthority.of(identity, clock, random),
                    SigningKeys.fromJson(node.path("tokens").asText()));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("the keys under " + KEY + " cannot be read", e);
        }
    }

    /** The same, with certificates that are good for so long; zero leaves it to the authority. */
    ClusterKeys issuingFor(Duration life) {
        return life.isZero() ? this : new ClusterKeys(authority.issuingFor(life), tokens);
    }

    private byte[] bytes() {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("authority")
                .put("certificate", authority.certificatePem())
                .put("key", authority.identity().keyPem());
        node.put("tokens", tokens.toJson());
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "ClusterKeys";
    }
}
