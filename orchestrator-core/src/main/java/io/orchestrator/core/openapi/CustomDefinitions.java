package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schemas of definitions as OpenAPI has them: in v3 as they are, in v2 without what that version of OpenAPI does not know,
 * which is how Kubernetes publishes them. Confined to the making of a document.
 */
final class CustomDefinitions {
    private static final List<String> PRESERVED_ONLY =
            List.of("type", "properties", "items", "additionalProperties", "required");
    /** What v2 cannot say, or old clients would misunderstand. */
    private static final Set<String> NOT_IN_V2 = Set.of(
            "nullable",
            "default",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "example",
            "externalDocs",
            "x-kubernetes-validations");

    private final ObjectCodec codec;
    private final Dialect dialect;

    CustomDefinitions(Schemas schemas, Dialect dialect) {
        this.codec = new ObjectCodec(schemas);
        this.dialect = dialect;
    }

    ObjectNode root(StructuralSchema schema) {
        ObjectNode tree = codec.toTree(schema.declared()).deepCopy();
        if (dialect == Dialect.V2) {
            reduce(tree);
            tree.put("type", "object");
        }
        return tree;
    }

    private static void reduce(ObjectNode schema) {
        boolean nullable = schema.path("nullable").asBoolean();
        boolean either = schema.path("x-kubernetes-int-or-string").asBoolean();
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            schema.remove(PRESERVED_ONLY);
        }
        schema.remove(NOT_IN_V2);
        if (nullable || either) {
            // Old clients take a type to forbid null, and know no two types for one value.
            schema.remove(List.of("type", "format", "items", "properties"));
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            reduceIfObject(property.getValue());
        }
        reduceIfObject(schema.path("items"));
        reduceIfObject(schema.path("additionalProperties"));
    }

    private static void reduceIfObject(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            reduce(object);
        }
    }
}
