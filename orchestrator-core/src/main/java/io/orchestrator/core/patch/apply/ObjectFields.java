package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The field sets of objects and of their differences. */
final class ObjectFields {
    private ObjectFields() {}

    /** What an apply with this body owns: its values, its list items and map entries, but not the structs on the way. */
    static FieldSet applied(JsonNode body, Shape shape) {
        return walk(body, shape, false);
    }

    /** Everything that is there, the structs on the way as well. */
    static FieldSet present(JsonNode object, Shape shape) {
        return walk(object, shape, true);
    }

    private static FieldSet walk(JsonNode value, Shape shape, boolean everything) {
        if (!shape.fits(value)) {
            return FieldSet.LEAF;
        }
        Map<String, FieldSet> children = new TreeMap<>();
        if (shape.isObject()) {
            value.properties().forEach(field -> {
                JsonNode inner = field.getValue();
                FieldSet child = walk(inner, shape.child(field.getKey()), everything);
                boolean owned =
                        shape.style() == Shape.Style.MAP || inner.isNull() || (inner.isObject() && inner.isEmpty());
                children.put(Steps.field(field.getKey()), owned ? child.union(FieldSet.LEAF) : child);
            });
        } else {
            shape.items(value)
                    .forEach((step, item) -> children.put(
                            step, walk(item, shape.item(), everything).union(FieldSet.LEAF)));
        }
        return FieldSet.of(everything, children);
    }

    /** What is new in {@code after}, or has another value. Looks no deeper where nothing differs. */
    static FieldSet changed(@Nullable JsonNode before, JsonNode after, Shape shape) {
        if (before == null) {
            return present(after, shape);
        }
        if (before.equals(after)) {
            return FieldSet.EMPTY;
        }
        if (!shape.fits(before) || !shape.fits(after)) {
            return replaced(before, after, shape);
        }
        Map<String, FieldSet> children = new TreeMap<>();
        if (shape.isObject()) {
            after.properties()
                    .forEach(field -> children.put(
                            Steps.field(field.getKey()),
                            changed(before.get(field.getKey()), field.getValue(), shape.child(field.getKey()))));
        } else {
            Map<String, JsonNode> items = shape.items(before);
            shape.items(after)
                    .forEach((step, item) -> children.put(step, changed(items.get(step), item, shape.item())));
        }
        return FieldSet.of(false, children);
    }

    /** A null list or map that gets entries: these are what is new, not the place itself. */
    private static FieldSet replaced(JsonNode before, JsonNode after, Shape shape) {
        if (shape.style() == Shape.Style.ATOMIC) {
            return FieldSet.LEAF;
        }
        return before.isNull() && shape.fits(after)
                ? present(after, shape).inside()
                : after.isNull() ? FieldSet.EMPTY : FieldSet.LEAF;
    }

    /** What {@code before} has and {@code after} has not. */
    static FieldSet removed(JsonNode before, @Nullable JsonNode after, Shape shape) {
        if (after == null) {
            return present(before, shape);
        }
        if (before.equals(after) || !shape.fits(before)) {
            return FieldSet.EMPTY;
        }
        if (!shape.fits(after)) {
            return present(before, shape).inside();
        }
        Map<String, FieldSet> children = new TreeMap<>();
        if (shape.isObject()) {
            before.properties()
                    .forEach(field -> children.put(
                            Steps.field(field.getKey()),
                            removed(field.getValue(), after.get(field.getKey()), shape.child(field.getKey()))));
        } else {
            Map<String, JsonNode> items = shape.items(after);
            shape.items(before)
                    .forEach((step, item) -> children.put(step, removed(item, items.get(step), shape.item())));
        }
        return FieldSet.of(false, children);
    }
}
