package io.orchestrator.core.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.JsonPatch;
import io.orchestrator.core.patch.MergePatch;
import io.orchestrator.core.patch.StrategicMergePatch;
import java.util.function.Consumer;

/** Objects as JSON and patches of JSON, by the codec and the schema. Thread-safe. */
public final class JsonForms implements Codec {
    private final ObjectCodec codec;

    public JsonForms(ObjectCodec codec) {
        this.codec = codec;
    }

    @Override
    public byte[] encode(Resource object) {
        return codec.encode(object);
    }

    @Override
    public <T extends Resource> T decode(ResourceType<T> type, byte[] json) {
        return codec.decode(json, type.objectClass());
    }

    @Override
    public <T extends Resource> T decode(
            ResourceType<T> type, Patch patch, WriteOptions options, Consumer<String> warnings) {
        return checked(codec.read(body(patch), type.objectClass()), type.objectClass(), options, warnings);
    }

    @Override
    public Resource patched(Resource current, Patch patch, WriteOptions options, Consumer<String> warnings) {
        JsonNode before = codec.toTree(current);
        JsonNode after = patched(before, patch, current.getClass());
        if (after.equals(before)) {
            return current;
        }
        return checked(codec.read(after, current.getClass()), current.getClass(), options, warnings);
    }

    private JsonNode patched(JsonNode before, Patch patch, Class<?> kind) {
        JsonNode body = body(patch);
        return switch (patch.type()) {
            case JSON -> JsonPatch.of(body).apply(before);
            case MERGE, APPLY -> MergePatch.apply(before, body);
            case STRATEGIC -> StrategicMergePatch.apply(before, body, codec.schemas().of(kind));
        };
    }

    @Override
    public String applied(Resource object) {
        ObjectNode tree = codec.toTree(object).deepCopy();
        tree.remove("status");
        if (tree.get("metadata") instanceof ObjectNode metadata && metadata.path("creationTimestamp").isNull()) {
            metadata.remove("creationTimestamp");
        }
        return codec.trees().text(tree);
    }

    private JsonNode body(Patch patch) {
        return codec.trees().parse(patch.body());
    }

    private <T> T checked(Decoded<T> decoded, Class<?> kind, WriteOptions options, Consumer<String> warnings) {
        if (options.fieldValidation() == FieldValidation.STRICT) {
            return decoded.strict(codec.schemas().of(kind));
        }
        if (options.fieldValidation() == FieldValidation.WARN) {
            decoded.problems().forEach(warnings);
        }
        return decoded.value();
    }
}
