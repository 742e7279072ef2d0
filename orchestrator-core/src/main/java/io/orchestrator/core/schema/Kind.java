package io.orchestrator.core.schema;

/** The shapes that a field, a list item or a map value has on the wire. */
public enum Kind {
    STRING("string"),
    INT("integer"),
    LONG("integer"),
    DOUBLE("number"),
    BOOLEAN("boolean"),
    /** Base64 in JSON. */
    BYTES("string"),
    QUANTITY("string"),
    INT_OR_STRING("string"),
    TIME("string"),
    MICRO_TIME("string"),
    /** Any JSON, kept as it came. */
    RAW("object"),
    LIST("array"),
    MAP("object"),
    RECORD("object");

    private final String jsonType;

    Kind(String jsonType) {
        this.jsonType = jsonType;
    }

    /** The type as OpenAPI calls it. */
    public String jsonType() {
        return jsonType;
    }

    /** Whether a value has no parts. */
    public boolean isScalar() {
        return this != LIST && this != MAP && this != RECORD && this != RAW;
    }
}
