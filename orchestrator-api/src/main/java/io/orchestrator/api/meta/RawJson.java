package io.orchestrator.api.meta;

/**
 * A JSON value that the model does not look into, kept as text without white space between tokens. Whoever makes one vouches
 * that the text is one well-formed JSON value; equality is equality of the text.
 */
public record RawJson(String json) {
    public static final RawJson NULL = new RawJson("null");

    public RawJson {
        if (json.isBlank()) {
            throw new IllegalArgumentException("JSON text must not be blank");
        }
    }

    public static RawJson of(String json) {
        return new RawJson(json);
    }

    @Override
    public String toString() {
        return json;
    }
}
