package io.orchestrator.core.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.ServiceReference;
import io.orchestrator.api.model.apiextensions.WebhookClientConfig;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.webhook.ReviewTransport.Endpoint;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Custom resources brought from one version into another by webhooks, with {@code ConversionReview} v1. Thread-safe. */
public final class Conversions {
    private static final String VERSION = "apiextensions.k8s.io/v1";
    private static final String KIND = "ConversionReview";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectCodec codec;
    private final ReviewTransport transport;
    private final Lookup lookup;
    private final RandomGenerator random;

    /** @param lookup where the services of the cluster are found */
    public Conversions(ObjectCodec codec, ReviewTransport transport, Lookup lookup, RandomGenerator random) {
        this.codec = codec;
        this.transport = transport;
        this.lookup = lookup;
        this.random = random;
    }

    /**
     * The object in another version. Labels and annotations are the webhook's, all other metadata stays.
     *
     * @throws ConversionFailure when the webhook does not deliver it
     */
    public Unstructured convert(WebhookClientConfig config, Unstructured object, String apiVersion) {
        try {
            return converted(config, object, apiVersion);
        } catch (Failure e) {
            throw new ConversionFailure(
                    "conversion webhook for " + object.apiVersion() + ", Kind=" + object.kind() + " failed: "
                            + e.getMessage(),
                    e);
        }
    }

    private Unstructured converted(WebhookClientConfig config, Unstructured object, String apiVersion) throws Failure {
        String uid = new UUID(random.nextLong(), random.nextLong()).toString();
        ObjectNode review = JSON.objectNode();
        review.put("kind", KIND).put("apiVersion", VERSION);
        ObjectNode request = review.putObject("request");
        request.put("uid", uid).put("desiredAPIVersion", apiVersion);
        request.putArray("objects").add(codec.toTree(object));
        byte[] answer = transport.post(endpoint(config), codec.trees().bytes(review), TIMEOUT, lookup);
        JsonNode only = only(read(answer), uid);
        Unstructured converted;
        try {
            converted = codec.read(only, Unstructured.class).value();
        } catch (ApiException e) {
            throw new Failure("invalid converted object at index 0: " + e.getMessage(), e);
        }
        return checked(converted, object, apiVersion);
    }

    private static Endpoint endpoint(WebhookClientConfig config) {
        ServiceReference service = config.service();
        return service == null
                ? Endpoint.ofUrl(config.url(), config.caBundle())
                : Endpoint.ofService(
                        service.namespace(), service.name(), service.path(), service.port(), config.caBundle());
    }

    private JsonNode read(byte[] answer) throws Failure {
        JsonNode review;
        try {
            review = codec.trees().parse(answer);
        } catch (ApiException e) {
            throw new Failure("couldn't decode the answer: " + e.getMessage(), e);
        }
        String version = review.path("apiVersion").asText();
        String kind = review.path("kind").asText();
        if (!version.equals(VERSION) || !kind.equals(KIND)) {
            throw new Failure("expected webhook response of " + VERSION + ", Kind=" + KIND + ", got " + version
                    + ", Kind=" + kind);
        }
        return review.path("response");
    }

    private static JsonNode only(JsonNode response, String uid) throws Failure {
        if (!response.isObject()) {
            throw new Failure("no response provided");
        }
        if (!response.path("uid").asText().equals(uid)) {
            throw new Failure("expected response.uid=\"" + uid + "\", got \""
                    + response.path("uid").asText() + "\"");
        }
        if (!response.at("/result/status").asText().equals("Success")) {
            String why = response.at("/result/message").asText();
            throw new Failure(why.isEmpty() ? "response.result.status was not Success" : why);
        }
        JsonNode objects = response.path("convertedObjects");
        if (objects.size() != 1) {
            throw new Failure("webhook returned " + objects.size() + " objects, expected 1");
        }
        return objects.get(0);
    }

    private static Unstructured checked(Unstructured converted, Unstructured object, String apiVersion) throws Failure {
        if (!converted.apiVersion().equals(apiVersion) || !converted.kind().equals(object.kind())) {
            throw new Failure("invalid converted object at index 0: invalid groupVersion: " + converted.apiVersion()
                    + ", Kind=" + converted.kind() + ", expected " + apiVersion + ", Kind=" + object.kind());
        }
        ObjectMeta now = converted.metadata();
        ObjectMeta before = object.metadata();
        same("name", before.name(), now.name());
        same("namespace", before.namespace(), now.namespace());
        same("UID", before.uid(), now.uid());
        return converted.withMetadata(ObjectMetaBuilder.builder(before)
                .labels(now.labels())
                .annotations(now.annotations())
                .build());
    }

    private static void same(String what, String before, String now) throws Failure {
        if (!before.equals(now)) {
            throw new Failure("invalid metadata in converted object at index 0: must have the same " + what + ": "
                    + before + " != " + now);
        }
    }
}
