package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.patch.JsonPatch.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The tree that a JSON patch works on, in place. Confined to one application of a patch. */
final class JsonPatchTarget {
    /** All copies of one patch together, so that doubling an array 30 times ends early. */
    private static final long MAX_COPIED = 3L * 1024 * 1024;

    /** What all operations of one patch may touch together: a bound on time. */
    private static final long MAX_MOVED = 32 * MAX_COPIED;

    private static final int MAX_DEPTH = 200;
    private static final String LAST = "-";

    private JsonNode root;
    private long copied;
    private long moved;

    JsonPatchTarget(JsonNode root) {
        this.root = root;
    }

    JsonNode root() {
        return root;
    }

    void apply(Operation operation) {
        switch (operation.verb()) {
            case ADD -> add(operation, operation.to(), value(operation).deepCopy());
            case REMOVE -> remove(operation, operation.to());
            case REPLACE -> replace(operation);
            case TEST -> test(operation);
            case COPY -> {
                JsonNode source = find(operation, operation.from());
                copied += TreeSize.of(source, MAX_COPIED - copied, MAX_DEPTH);
                if (copied > MAX_COPIED) {
                    throw PatchException.rejected(
                            "Unable to complete the copy, the accumulated size increase of copy is"
                                    + " larger than the limit " + MAX_COPIED);
                }
                add(operation, operation.to(), source.deepCopy());
            }
            case MOVE -> move(operation);
        }
    }

    private static JsonNode value(Operation operation) {
        return Objects.requireNonNull(operation.value());
    }

    private void move(Operation operation) {
        List<String> from = operation.from();
        List<String> to = operation.to();
        if (from.equals(to)) {
            find(operation, from);
            return;
        }
        if (to.size() > from.size() && to.subList(0, from.size()).equals(from)) {
            throw failed(operation, "a value cannot be moved into itself");
        }
        add(operation, to, remove(operation, from));
    }

    private void test(Operation operation) {
        JsonNode found = lookUp(operation.to());
        JsonNode wanted = value(operation);
        boolean equal = found.isMissingNode() ? wanted.isNull() : JsonEquality.equal(found, wanted);
        if (!equal) {
            throw PatchException.rejected("testing value " + operation.path() + " failed: test failed");
        }
    }

    private void replace(Operation operation) {
        find(operation, operation.to());
        JsonNode value = value(operation).deepCopy();
        if (operation.to().isEmpty()) {
            root = value;
            return;
        }
        JsonNode parent = parent(operation, operation.to());
        String last = last(operation.to());
        if (parent instanceof ArrayNode array) {
            array.set(index(operation, last, array.size() - 1), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }

    private void add(Operation operation, List<String> path, JsonNode value) {
        moved += TreeSize.of(value, MAX_MOVED - moved, MAX_DEPTH - path.size());
        if (moved > MAX_MOVED) {
            throw PatchException.rejected("the operations move more than " + MAX_MOVED + " bytes");
        }
        if (path.isEmpty()) {
            root = value;
            return;
        }
        JsonNode parent = parent(operation, path);
        if (parent instanceof ArrayNode array) {
            int at = last(path).equals(LAST) ? array.size() : index(operation, last(path), array.size());
            array.insert(at, value);
        } else {
            ((ObjectNode) parent).set(last(path), value);
        }
    }

    private JsonNode remove(Operation operation, List<String> path) {
        JsonNode removed = find(operation, path);
        if (path.isEmpty()) {
            throw failed(operation, "the whole document cannot be removed");
        }
        JsonNode parent = parent(operation, path);
        if (parent instanceof ArrayNode array) {
            array.remove(index(operation, last(path), array.size() - 1));
        } else {
            ((ObjectNode) parent).remove(last(path));
        }
        return removed;
    }

    private JsonNode parent(Operation operation, List<String> path) {
        JsonNode parent = find(operation, path.subList(0, path.size() - 1));
        if (!parent.isContainerNode()) {
            throw failed(operation, "the parent is neither an object nor a list");
        }
        return parent;
    }

    private JsonNode find(Operation operation, List<String> path) {
        JsonNode found = lookUp(path);
        if (found.isMissingNode()) {
            throw failed(operation, "doc is missing path: missing value");
        }
        return found;
    }

    private JsonNode lookUp(List<String> path) {
        JsonNode at = root;
        for (String token : path) {
            if (at instanceof ArrayNode array) {
                at = isIndex(token) ? array.path(Integer.parseInt(token)) : MissingNode.getInstance();
            } else {
                at = at.path(token);
            }
        }
        return at;
    }

    private static int index(Operation operation, String token, int max) {
        if (!isIndex(token) || Integer.parseInt(token) > max) {
            throw failed(operation, "index " + token + " is out of bounds: invalid index referenced");
        }
        return Integer.parseInt(token);
    }

    /** Digits without a leading zero, few enough for an int. */
    private static boolean isIndex(String token) {
        if (token.isEmpty() || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
            return false;
        }
        return token.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }

    private static PatchException failed(Operation operation, String why) {
        String verb = operation.verb().name().toLowerCase(Locale.ROOT);
        return PatchException.rejected(verb + " operation does not apply: path \"" + operation.path() + "\": " + why);
    }
}
