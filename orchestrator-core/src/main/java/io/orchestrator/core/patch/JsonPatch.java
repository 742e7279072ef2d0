package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 6902: a list of operations, all or none of which take effect. Immutable. */
public final class JsonPatch {
    /** As Kubernetes limits it. */
    public static final int MAX_OPERATIONS = 10_000;

    private final List<Operation> operations;

    enum Verb {
        ADD,
        REMOVE,
        REPLACE,
        MOVE,
        COPY,
        TEST
    }

    /** @param value of add, replace and test; else null */
    record Operation(
            Verb verb,
            String path,
            List<String> to,
            List<String> from,
            @Nullable JsonNode value) {}

    private JsonPatch(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /**
     * Reads a patch.
     *
     * @throws PatchException when it is malformed, or has more than {@link #MAX_OPERATIONS}
     */
    public static JsonPatch of(JsonNode patch) {
        if (!patch.isArray()) {
            throw PatchException.malformed("a JSON patch must be a list of operations");
        }
        if (patch.size() > MAX_OPERATIONS) {
            throw PatchException.tooLarge(
                    "The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS + ", got " + patch.size());
        }
        List<Operation> operations = new ArrayList<>(patch.size());
        for (JsonNode item : patch) {
            operations.add(operation(item));
        }
        return new JsonPatch(operations);
    }

    /**
     * Returns the patched tree; the argument does not change.
     *
     * @throws PatchException with reason Invalid when a test fails or a path leads nowhere
     */
    public JsonNode apply(JsonNode target) {
        JsonPatchTarget patched = new JsonPatchTarget(target.deepCopy());
        for (Operation operation : operations) {
            patched.apply(operation);
        }
        return patched.root();
    }

    private static Operation operation(JsonNode item) {
        if (!item.isObject()) {
            throw PatchException.malformed("a JSON patch operation must be an object");
        }
        Verb verb = switch (text(item, "op")) {
            case "add" -> Verb.ADD;
            case "remove" -> Verb.REMOVE;
            case "replace" -> Verb.REPLACE;
            case "move" -> Verb.MOVE;
            case "copy" -> Verb.COPY;
            case "test" -> Verb.TEST;
            default -> throw PatchException.malformed("unexpected kind: " + text(item, "op"));
        };
        String path = text(item, "path");
        boolean copies = verb == Verb.MOVE || verb == Verb.COPY;
        List<String> from = copies ? JsonPointers.tokens(text(item, "from")) : List.of();
        JsonNode value = null;
        if (verb == Verb.ADD || verb == Verb.REPLACE || verb == Verb.TEST) {
            value = item.get("value");
            if (value == null) {
                throw PatchException.malformed("the operation on \"" + path + "\" lacks a value");
            }
        }
        return new Operation(verb, path, JsonPointers.tokens(path), from, value);
    }

    private static String text(JsonNode item, String field) {
        JsonNode value = item.get(field);
        if (value == null || !value.isTextual()) {
            throw PatchException.malformed("a JSON patch operation needs the string \"" + field + "\"");
        }
        return value.textValue();
    }
}
