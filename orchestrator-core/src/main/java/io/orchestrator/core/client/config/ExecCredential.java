package io.orchestrator.core.client.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.client.config.Credentials.Shown;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a credential plugin is told and what it answers: the kind {@code ExecCredential} of {@code client.authentication.k8s.io}.
 *
 * @param expires when another one is to be asked for; null for never
 */
record ExecCredential(Shown shown, @Nullable Instant expires) {
    private static final String GROUP = "client.authentication.k8s.io/";
    private static final Set<String> VERSIONS = Set.of(GROUP + "v1", GROUP + "v1beta1");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws ConfigException when this version of the protocol is not spoken */
    static String requireVersion(String version, String where) {
        if (!VERSIONS.contains(version)) {
            throw new ConfigException(where + " has the apiVersion \"" + version
                    + "\" for its plugin: client.authentication.k8s.io/v1 and v1beta1 are supported");
        }
        return version;
    }

    /** What stands in {@code KUBERNETES_EXEC_INFO}. @param cluster null where the plugin is not told */
    static String question(String version, @Nullable JsonNode cluster) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("kind", "ExecCredential").put("apiVersion", version);
        ObjectNode spec = question.putObject("spec");
        spec.put("interactive", false);
        if (cluster != null) {
            spec.set("cluster", cluster);
        }
        return question.toString();
    }

    /** @throws ConfigException when the answer is none, or of another version */
    static ExecCredential read(String output, String version, String plugin) {
        JsonNode answer = tree(output, plugin);
        if (!answer.path("kind").asText().equals("ExecCredential")
                || !answer.path("apiVersion").asText().equals(version)) {
            throw new ConfigException("the plugin " + plugin + " is configured to use API version " + version
                    + ", but answered with " + answer.path("apiVersion").asText() + " "
                    + answer.path("kind").asText());
        }
        JsonNode status = answer.path("status");
        String token = status.path("token").asText();
        String certificate = status.path("clientCertificateData").asText();
        String key = status.path("clientKeyData").asText();
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new ConfigException(
                    "the plugin " + plugin + " gave a client certificate without its key, or the other way round");
        }
        if (token.isEmpty() && certificate.isEmpty()) {
            throw new ConfigException("the plugin " + plugin + " gave neither a token nor a client certificate");
        }
        Optional<ClientIdentity> identity = certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(PemFiles.identity(certificate, key, "the plugin " + plugin));
        return new ExecCredential(
                new Shown(token.isEmpty() ? "" : "Bearer " + token, identity),
                expiry(status.path("expirationTimestamp").asText(), plugin));
    }

    private static JsonNode tree(String output, String plugin) {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "the plugin " + plugin + " did not answer with JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Instant expiry(String text, String plugin) {
        if (text.isEmpty() || text.equals("null")) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ConfigException("the plugin " + plugin + " gave an expirationTimestamp that is none: " + text, e);
        }
    }
}
