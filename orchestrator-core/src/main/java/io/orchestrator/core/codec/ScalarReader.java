package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.schema.Kind;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Reads values without parts from the current token, as Go would: no conversions between types. */
final class ScalarReader {
    private final JsonParser in;
    private final JsonTrees trees;

    ScalarReader(JsonParser in, JsonTrees trees) {
        this.in = in;
        this.trees = trees;
    }

    /**
     * Null where the token has the wrong type.
     *
     * @throws IllegalArgumentException where the type is right and the value is not
     */
    @Nullable
    Object read(Kind kind, JsonToken token) throws IOException {
        return switch (kind) {
            case STRING -> token == JsonToken.VALUE_STRING ? in.getText() : null;
            case BOOLEAN -> token.isBoolean() ? (Object) (token == JsonToken.VALUE_TRUE) : null;
            case INT -> integer(token);
            case LONG -> fitsLong(token) ? (Object) in.getLongValue() : null;
            case DOUBLE -> token.isNumeric() ? (Object) in.getDoubleValue() : null;
            case BYTES -> token == JsonToken.VALUE_STRING ? Bytes.base64(in.getText()) : null;
            case QUANTITY -> token == JsonToken.VALUE_STRING || token.isNumeric() ? Quantity.parse(in.getText()) : null;
            case INT_OR_STRING -> intOrString(token);
            case TIME -> token == JsonToken.VALUE_STRING ? Time.parse(in.getText()) : null;
            case MICRO_TIME -> token == JsonToken.VALUE_STRING ? MicroTime.parse(in.getText()) : null;
            case RAW -> raw();
            case LIST, MAP, RECORD -> throw new IllegalStateException(kind + " has parts");
        };
    }

    private boolean fitsLong(JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private @Nullable Object integer(JsonToken token) throws IOException {
        if (!fitsLong(token)) {
            return null;
        }
        long value = in.getLongValue();
        return value == (int) value ? (Object) (int) value : null;
    }

    private @Nullable Object intOrString(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return IntOrString.of(in.getText());
        }
        Object number = integer(token);
        return number == null ? null : IntOrString.of((int) number);
    }

    /** The value as it came, without white space. */
    private RawJson raw() throws IOException {
        StringWriter text = new StringWriter();
        trees.copy(in, text);
        return RawJson.of(text.toString());
    }
}
