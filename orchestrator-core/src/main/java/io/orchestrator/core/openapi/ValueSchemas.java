package io.orchestrator.core.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The schemas of the value types, which have no record to read them from. */
final class ValueSchemas {
    private ValueSchemas() {}

    static ObjectNode of(String name, Dialect dialect) {
        return switch (name) {
            case SchemaNames.QUANTITY ->
                oneOf(
                        dialect,
                        "An exact amount of a resource, such as 500m, 64Mi or 1e3: a number with an optional suffix, which"
                                + " is a power of ten (n, u, m, k, M, G, T, P, E), a power of 1024 (Ki, Mi, Gi, Ti, Pi,"
                                + " Ei), or e and an exponent.",
                        "string",
                        "number");
            case SchemaNames.INT_OR_STRING ->
                oneOf(dialect, "A number or a text.", "integer", "string").put("format", "int-or-string");
            case SchemaNames.TIME -> text("A point in time, to the second.");
            case SchemaNames.MICRO_TIME -> text("A point in time, to the microsecond.");
            case SchemaNames.FIELDS -> objectOf("The set of fields that a manager owns.");
            default -> objectOf("An object of any kind.");
        };
    }

    private static ObjectNode oneOf(Dialect dialect, String description, String first, String second) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("description", description);
        if (dialect == Dialect.V2) {
            return schema.put("type", "string");
        }
        schema.putArray("oneOf").addObject().put("type", first);
        schema.withArray("oneOf").addObject().put("type", second);
        return schema;
    }

    private static ObjectNode text(String description) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("description", description)
                .put("type", "string")
                .put("format", "date-time");
    }

    private static ObjectNode objectOf(String description) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("description", description)
                .put("type", "object");
    }
}
