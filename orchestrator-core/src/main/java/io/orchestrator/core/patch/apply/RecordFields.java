package io.orchestrator.core.patch.apply;

import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The field sets of two records' differences: what {@link ObjectFields} finds in their trees, without making the trees. Every
 * write by a user is accounted for by it, so its cost counts. Thread-safe.
 */
final class RecordFields {
    /** One field and its place in field sets. */
    private record Member(FieldSchema field, String step, Shape shape) {}

    private final Map<RecordSchema, List<Member>> members = new ConcurrentHashMap<>();
    private final WireValues wire;

    RecordFields(WireValues wire) {
        this.wire = wire;
    }

    /** What is new in {@code after}, or has another value. */
    FieldSet changed(Object before, Object after, RecordSchema schema) {
        if (before == after) {
            return FieldSet.EMPTY;
        }
        FieldSet.Builder changed = new FieldSet.Builder();
        for (Member member : members(schema)) {
            Object now = WireValues.written(member.field, after);
            if (now != null) {
                Object then = WireValues.written(member.field, before);
                changed.add(member.step, changed(then, now, member.field.type(), member.shape));
            }
        }
        return changed.build(false);
    }

    private FieldSet changed(@Nullable Object before, Object after, TypeSchema type, Shape shape) {
        if (before == null) {
            return present(after, type, shape);
        }
        if (before == after) {
            return FieldSet.EMPTY;
        }
        if (shape.style() == Shape.Style.ATOMIC) {
            return wire.same(type, before, after) ? FieldSet.EMPTY : FieldSet.LEAF;
        }
        if (after == WireValues.NULL) {
            return FieldSet.EMPTY;
        }
        if (before == WireValues.NULL) {
            return present(after, type, shape).inside();
        }
        if (shape.style() == Shape.Style.STRUCT) {
            return changed(before, after, type.record());
        }
        FieldSet.Builder changed = new FieldSet.Builder();
        Map<String, Object> items = items(before, type, shape);
        items(after, type, shape)
                .forEach((step, item) ->
                        changed.add(step, changed(items.get(step), item, type.element(), inner(type, shape))));
        return changed.build(false);
    }

    /** What {@code before} has and {@code after} has not. */
    FieldSet removed(Object before, Object after, RecordSchema schema) {
        if (before == after) {
            return FieldSet.EMPTY;
        }
        FieldSet.Builder removed = new FieldSet.Builder();
        for (Member member : members(schema)) {
            Object then = WireValues.written(member.field, before);
            if (then != null) {
                Object now = WireValues.written(member.field, after);
                removed.add(member.step, removed(then, now, member.field.type(), member.shape));
            }
        }
        return removed.build(false);
    }

    private FieldSet removed(Object before, @Nullable Object after, TypeSchema type, Shape shape) {
        if (after == null) {
            return present(before, type, shape);
        }
        if (before == after || before == WireValues.NULL || shape.style() == Shape.Style.ATOMIC) {
            return FieldSet.EMPTY;
        }
        if (after == WireValues.NULL) {
            return present(before, type, shape).inside();
        }
        if (shape.style() == Shape.Style.STRUCT) {
            return removed(before, after, type.record());
        }
        FieldSet.Builder removed = new FieldSet.Builder();
        Map<String, Object> items = items(after, type, shape);
        items(before, type, shape)
                .forEach((step, item) ->
                        removed.add(step, removed(item, items.get(step), type.element(), inner(type, shape))));
        return removed.build(false);
    }

    /** Everything that is there, the structs on the way as well. */
    private FieldSet present(Object value, TypeSchema type, Shape shape) {
        if (value == WireValues.NULL || shape.style() == Shape.Style.ATOMIC) {
            return FieldSet.LEAF;
        }
        FieldSet.Builder present = new FieldSet.Builder();
        if (shape.style() == Shape.Style.STRUCT) {
            RecordSchema schema = type.record();
            if (schema.isTopLevel()) {
                present.add(Steps.field("apiVersion"), FieldSet.LEAF);
                present.add(Steps.field("kind"), FieldSet.LEAF);
            }
            for (Member member : members(schema)) {
                Object inner = WireValues.written(member.field, value);
                if (inner != null) {
                    present.add(member.step, present(inner, member.field.type(), member.shape));
                }
            }
        } else {
            items(value, type, shape)
                    .forEach((step, item) -> present.add(step, present(item, type.element(), inner(type, shape))));
        }
        return present.build(true);
    }

    /** The entries or items by their steps; of several items with one identity, the first. */
    private static Map<String, Object> items(Object value, TypeSchema type, Shape shape) {
        Map<String, Object> items = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> items.put(Steps.field((String) key), item));
        } else {
            for (Object item : (List<?>) value) {
                items.putIfAbsent(
                        shape.style() == Shape.Style.SET
                                ? "v:" + WireValues.scalar(type.element(), item)
                                : WireValues.keys(item, type.element().record(), shape),
                        item);
            }
        }
        return items;
    }

    /** The shape of what is in a list or map. */
    private static Shape inner(TypeSchema type, Shape shape) {
        return type.kind() == Kind.MAP ? shape.child("") : shape.item();
    }

    private List<Member> members(RecordSchema schema) {
        return members.computeIfAbsent(schema, RecordFields::read);
    }

    private static List<Member> read(RecordSchema schema) {
        Shape shape = Shape.of(schema);
        return schema.fields().stream()
                .map(field -> new Member(field, Steps.field(field.name()), shape.child(field.name())))
                .sorted(Comparator.comparing(Member::step))
                .toList();
    }
}
