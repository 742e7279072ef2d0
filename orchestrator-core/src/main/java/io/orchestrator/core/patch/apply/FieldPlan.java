package io.orchestrator.core.patch.apply;

import io.orchestrator.core.patch.PatchException;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one place in a record are walked: its shape and, worked out once, the steps to what is inside of it.
 * What is inside is worked out when it is first asked for, so that types may contain themselves; with it stands what was found in
 * this place lately. Thread-safe.
 */
final class FieldPlan {
    /** One field and its place in field sets. */
    record Member(FieldSchema field, String step, FieldPlan plan) {}

    /** One key of a list's items, with the JSON that stands before its value. */
    private record Key(String prefix, FieldSchema field) {}

    private final TypeSchema type;
    private final Shape shape;
    private final KnownSets known = new KnownSets();
    private final KnownSteps steps = new KnownSteps();

    /** Benign races: every thread would find the same. */
    private @Nullable List<Member> members;

    private @Nullable List<Key> keys;
    private @Nullable FieldPlan inner;

    FieldPlan(TypeSchema type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    TypeSchema type() {
        return type;
    }

    Shape.Style style() {
        return shape.style();
    }

    /** The fields of a struct, in the order of their steps. */
    List<Member> members() {
        List<Member> known = members;
        if (known == null) {
            known = members(type.record());
            members = known;
        }
        return known;
    }

    static List<Member> members(RecordSchema schema) {
        Shape shape = Shape.of(schema);
        return schema.fields().stream()
                .map(field -> new Member(
                        field, Steps.field(field.name()), new FieldPlan(field.type(), shape.child(field.name()))))
                .sorted(Comparator.comparing(Member::step))
                .toList();
    }

    /** What is in a list or map. */
    FieldPlan inner() {
        FieldPlan known = inner;
        if (known == null) {
            known = new FieldPlan(type.element(), type.kind() == Kind.MAP ? shape.child("") : shape.item());
            inner = known;
        }
        return known;
    }

    /** The sets that this place had lately. */
    KnownSets known() {
        return known;
    }

    /** The step to an item of a list. */
    String stepTo(Object item) {
        if (style() == Shape.Style.SET) {
            return "v:" + WireValues.scalar(type.element(), item);
        }
        List<Key> all = keys();
        @Nullable Object[] values = new Object[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = WireValues.written(all.get(i).field, item);
        }
        return steps.of(values, this::keyed);
    }

    /** The step of the values of an item's keys; a missing one has the default that the schema gives. */
    private String keyed(@Nullable Object[] values) {
        StringBuilder step = new StringBuilder(64).append("k:{");
        for (int i = 0; i < values.length; i++) {
            Key key = keys().get(i);
            Object value = values[i];
            String json = value == null || value == WireValues.NULL
                    ? key.field.defaultValue()
                    : WireValues.scalar(key.field.type(), value);
            if (!json.isEmpty()) {
                if (step.length() > 3) {
                    step.append(',');
                }
                step.append(key.prefix).append(json);
            }
        }
        if (step.length() == 3) {
            throw PatchException.malformed("associative list with keys has an element that omits key field \""
                    + shape.keys().get(0) + "\" (and doesn't have default value)");
        }
        return step.append('}').toString();
    }

    private List<Key> keys() {
        List<Key> known = keys;
        if (known == null) {
            RecordSchema items = type.element().record();
            known = shape.keys().stream()
                    .sorted()
                    .map(key -> new Key("\"" + key + "\":", field(items, key)))
                    .toList();
            keys = known;
        }
        return known;
    }

    private static FieldSchema field(RecordSchema schema, String key) {
        FieldSchema field = schema.field(key);
        if (field == null) {
            throw new IllegalArgumentException(schema + " has no field " + key + ", which is a key of a list of them");
        }
        return field;
    }
}
