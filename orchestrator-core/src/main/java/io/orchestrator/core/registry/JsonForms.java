package io.orchestrator.core.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.SplicedJson;
import io.orchestrator.core.patch.JsonPatch;
import io.orchestrator.core.patch.MergePatch;
import io.orchestrator.core.patch.StrategicMergePatch;
import io.orchestrator.core.patch.apply.ServerSideApply;
import java.util.List;
import java.util.function.Consumer;

/** Objects as JSON and patches of JSON, by the codec and the schema. Thread-safe. */
public final class JsonForms implements Codec {
    private static final List<String> SERVER_SET =
            List.of("managedFields", "creationTimestamp", "generation", "selfLink", "deletionTimestamp");

    private final ObjectCodec codec;
    private final ServerSideApply account;

    public JsonForms(ObjectCodec codec) {
        this.codec = codec;
        this.account = new ServerSideApply(codec);
    }

    @Override
    public byte[] encode(Resource object) {
        return codec.encode(object);
    }

    @Override
    public SplicedJson splice(Resource object) {
        return codec.splice(object);
    }

    @Override
    public <T extends Resource> T decode(ResourceType<T> type, byte[] json) {
        return codec.decode(json, type.objectClass());
    }

    @Override
    public <T extends Resource> Decoded<T> read(ResourceType<T> type, String json) {
        return codec.read(codec.trees().parse(json), type.objectClass());
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
            case MERGE -> MergePatch.apply(before, body);
            case APPLY -> throw new IllegalArgumentException("an apply needs to know who applies");
            case STRATEGIC -> {
                if (kind == Unstructured.class) {
                    throw new ApiException(
                            Reason.UNSUPPORTED_MEDIA_TYPE,
                            "the body of the request was in an unknown format - accepted media types include: "
                                    + "application/json-patch+json, application/merge-patch+json, "
                                    + "application/apply-patch+yaml");
                }
                yield StrategicMergePatch.apply(before, body, codec.schemas().of(kind));
            }
        };
    }

    @Override
    public String applied(Resource object) {
        ObjectNode tree = codec.toTree(object).deepCopy();
        tree.remove("status");
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SERVER_SET);
        }
        dropNulls(tree);
        return codec.trees().text(tree);
    }

    /** Nothing is not a value that somebody wants. */
    private static void dropNulls(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        tree.forEach(JsonForms::dropNulls);
    }

    @Override
    public ObjectCodec objects() {
        return codec;
    }

    @Override
    public ServerSideApply account() {
        return account;
    }

    private JsonNode body(Patch patch) {
        return codec.trees().parse(patch.body());
    }

    @Override
    public <T> T checked(Decoded<T> decoded, Class<?> kind, WriteOptions options, Consumer<String> warnings) {
        if (options.fieldValidation() == FieldValidation.STRICT) {
            return codec.strict(decoded, kind);
        }
        if (options.fieldValidation() == FieldValidation.WARN) {
            decoded.problems().forEach(warnings);
        }
        return decoded.value();
    }
}
