package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.StructuralSchema;
import org.jspecify.annotations.Nullable;

/**
 * A kind as server-side apply sees it: its schema is that of its record, or, for a custom resource, that of its definition.
 *
 * @param structure the schema of the definition; null for a kind that has a record
 */
public record AppliedKind<T extends Resource>(
        ResourceType<T> type, @Nullable StructuralSchema structure) {

    public static <T extends Resource> AppliedKind<T> ofRecord(ResourceType<T> type) {
        return new AppliedKind<>(type, null);
    }

    boolean isCustom() {
        return structure != null;
    }

    Shape shape(ObjectCodec codec) {
        return structure == null
                ? Shape.of(record(codec))
                : Shape.ofCustom(structure, codec.schemas().of(ObjectMeta.class));
    }

    RecordSchema record(ObjectCodec codec) {
        return codec.schemas().of(type.objectClass());
    }

    /** An object that has nothing. */
    JsonNode empty(ObjectCodec codec) {
        if (structure != null) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", type.apiVersion())
                    .put("kind", type.kind());
        }
        RecordSchema schema = record(codec);
        return codec.toTree(schema.newInstance(schema.newArguments()));
    }

    Decoded<T> read(JsonNode tree, ObjectCodec codec) {
        return codec.read(tree, type.objectClass());
    }
}
