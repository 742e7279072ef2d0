package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.orchestrator.api.meta.JsonValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that no record describes into plain values, as {@link JsonValues} has them. Confined to one decoding. */
final class ValueReader {
    private final JsonParser in;
    private final FieldPath path;
    private final FieldProblems problems;
    private final int maxDepth;

    ValueReader(JsonParser in, FieldPath path, FieldProblems problems, int maxDepth) {
        this.in = in;
        this.path = path;
        this.problems = problems;
        this.maxDepth = maxDepth;
    }

    /** The value that the parser stands on. */
    @Nullable
    Object read(JsonToken token, int depth) throws IOException {
        if (depth > maxDepth) {
            throw new DecodeException("exceeded max depth of " + maxDepth);
        }
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) floating()
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> floating();
            default -> throw new DecodeException(path + ": unexpected " + token);
        };
    }

    private Double floating() throws IOException {
        double value = in.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new DecodeException(path + ": the number " + in.getText() + " is out of range");
        }
        return value;
    }

    private Object object(int depth) throws IOException {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (entries.containsKey(name)) {
                problems.duplicate(path.with(name));
            }
            path.push(name);
            entries.put(name, read(token, depth + 1));
            path.pop();
        }
        return entries;
    }

    private Object array(int depth) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            path.push(items.size());
            items.add(read(token, depth + 1));
            path.pop();
        }
        return items;
    }
}
