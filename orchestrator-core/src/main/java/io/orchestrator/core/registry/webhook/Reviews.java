package io.orchestrator.core.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.admission.Admission.Request;
import io.orchestrator.core.registry.policy.RequestOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as {@code AdmissionReview} of {@code admission.k8s.io/v1}. Thread-safe, no state. */
final class Reviews {
    static final String VERSION = "admission.k8s.io/v1";
    static final String KIND = "AdmissionReview";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectCodec codec;

    Reviews(ObjectCodec codec) {
        this.codec = codec;
    }

    /** The object as the webhook's version has it; none where there is none. */
    JsonNode tree(@Nullable Resource object) {
        return object == null ? JSON.nullNode() : codec.toTree(object);
    }

    /**
     * @param form the version of the resource that the webhook is shown
     * @param object in that version
     * @param current in that version
     */
    byte[] review(String uid, Request<?> request, Form form, JsonNode object, JsonNode current) {
        ObjectNode asked = JSON.objectNode();
        asked.put("uid", uid);
        asked.set("kind", kind(form.kind()));
        asked.set("resource", resource(form.resource()));
        asked.set("requestKind", kind(request.kind().equals(request.type()) ? request.form() : request.kind()));
        asked.set("requestResource", resource(request.form()));
        text(asked, "subResource", request.subresource());
        text(asked, "requestSubResource", request.subresource());
        text(asked, "name", request.name());
        text(asked, "namespace", request.namespace());
        asked.put("operation", request.operation().name());
        asked.set("userInfo", user(request.caller()));
        asked.set("object", object);
        asked.set("oldObject", current);
        asked.put("dryRun", request.dryRun());
        asked.set("options", RequestOptions.of(request));
        ObjectNode review = JSON.objectNode();
        review.put("kind", KIND);
        review.put("apiVersion", VERSION);
        review.set("request", asked);
        return codec.trees().bytes(review);
    }

    /** What a webhook is shown. @param kind of the object @param resource that is asked for */
    record Form(ResourceType<?> kind, ResourceType<?> resource) {}

    private static void text(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    private static ObjectNode kind(ResourceType<?> type) {
        return JSON.objectNode()
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }

    private static ObjectNode resource(ResourceType<?> type) {
        return JSON.objectNode()
                .put("group", type.group())
                .put("version", type.version())
                .put("resource", type.plural());
    }

    private static ObjectNode user(Caller caller) {
        ObjectNode user = JSON.objectNode().put("username", caller.user());
        text(user, "uid", caller.uid());
        if (!caller.groups().isEmpty()) {
            user.set("groups", texts(caller.groups()));
        }
        if (!caller.extra().isEmpty()) {
            ObjectNode extra = user.putObject("extra");
            for (Map.Entry<String, List<String>> each : caller.extra().entrySet()) {
                extra.set(each.getKey(), texts(each.getValue()));
            }
        }
        return user;
    }

    private static ArrayNode texts(List<String> values) {
        ArrayNode texts = JSON.arrayNode();
        values.forEach(texts::add);
        return texts;
    }
}
