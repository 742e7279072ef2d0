package io.orchestrator.core.patch.apply;

import io.orchestrator.core.recall.MadeOf;
import io.orchestrator.core.schema.RecordSchema;
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
    private static final String API_VERSION = Steps.field("apiVersion");
    private static final String KIND = Steps.field("kind");

    /**
     * A kind's fields, and the sets that its objects had lately.
     *
     * @param empty an object without anything
     * @param parts the sets of what new ones consist of, by the very value, which those of one template share
     */
    private record Root(List<FieldPlan.Member> members, KnownSets known, Object empty, MadeOf<Object, FieldSet> parts) {
        static Root of(RecordSchema schema) {
            return new Root(
                    FieldPlan.members(schema),
                    new KnownSets(),
                    schema.newInstance(schema.newArguments()),
                    new MadeOf<>());
        }
    }

    private final Map<RecordSchema, Root> roots = new ConcurrentHashMap<>();
    private final WireValues wire;

    RecordFields(WireValues wire) {
        this.wire = wire;
    }

    /** What is new in {@code after}, or has another value. */
    FieldSet changed(Object before, Object after, RecordSchema schema) {
        Root root = root(schema);
        return changed(before, after, root.members(), root.known(), new FieldCollector());
    }

    /** What a new object sets: all that an empty one has not. */
    FieldSet ofNew(Object object, RecordSchema schema) {
        Root root = root(schema);
        FieldCollector found = new FieldCollector();
        for (FieldPlan.Member member : root.members()) {
            Object value = WireValues.written(member.field(), object);
            if (value != null) {
                Object absent = WireValues.written(member.field(), root.empty());
                found.add(
                        member.step(),
                        member.plan().style() == Shape.Style.STRUCT && value != WireValues.NULL
                                ? root.parts().of(value, part -> changed(absent, part, member.plan(), found))
                                : changed(absent, value, member.plan(), found));
            }
        }
        return found.build(0, false, root.known());
    }

    private FieldSet changed(
            Object before, Object after, List<FieldPlan.Member> members, KnownSets known, FieldCollector found) {
        if (before == after) {
            return FieldSet.EMPTY;
        }
        int mark = found.mark();
        for (int i = 0; i < members.size(); i++) {
            FieldPlan.Member member = members.get(i);
            Object now = WireValues.written(member.field(), after);
            if (now != null) {
                Object then = WireValues.written(member.field(), before);
                found.add(member.step(), changed(then, now, member.plan(), found));
            }
        }
        return found.build(mark, false, known);
    }

    private FieldSet changed(@Nullable Object before, Object after, FieldPlan plan, FieldCollector found) {
        if (before == null) {
            return present(after, plan, found);
        }
        if (before == after) {
            return FieldSet.EMPTY;
        }
        if (plan.style() == Shape.Style.ATOMIC) {
            return wire.same(plan.type(), before, after) ? FieldSet.EMPTY : FieldSet.LEAF;
        }
        if (after == WireValues.NULL) {
            return FieldSet.EMPTY;
        }
        if (before == WireValues.NULL) {
            return present(after, plan, found).inside();
        }
        if (plan.style() == Shape.Style.STRUCT) {
            return changed(before, after, plan.members(), plan.known(), found);
        }
        int mark = found.mark();
        Map<String, Object> items = items(before, plan);
        items(after, plan)
                .forEach((step, item) -> found.add(step, changed(items.get(step), item, plan.inner(), found)));
        return found.build(mark, false, plan.known());
    }

    /** What {@code before} has and {@code after} has not. */
    FieldSet removed(Object before, Object after, RecordSchema schema) {
        return removed(before, after, root(schema).members());
    }

    private FieldSet removed(Object before, Object after, List<FieldPlan.Member> members) {
        if (before == after) {
            return FieldSet.EMPTY;
        }
        FieldSet.Builder removed = new FieldSet.Builder();
        for (FieldPlan.Member member : members) {
            Object then = WireValues.written(member.field(), before);
            if (then != null) {
                Object now = WireValues.written(member.field(), after);
                removed.add(member.step(), removed(then, now, member.plan()));
            }
        }
        return removed.build(false);
    }

    private FieldSet removed(Object before, @Nullable Object after, FieldPlan plan) {
        if (after == null) {
            return present(before, plan, new FieldCollector());
        }
        if (before == after || before == WireValues.NULL || plan.style() == Shape.Style.ATOMIC) {
            return FieldSet.EMPTY;
        }
        if (after == WireValues.NULL) {
            return present(before, plan, new FieldCollector()).inside();
        }
        if (plan.style() == Shape.Style.STRUCT) {
            return removed(before, after, plan.members());
        }
        FieldSet.Builder removed = new FieldSet.Builder();
        Map<String, Object> items = items(after, plan);
        items(before, plan).forEach((step, item) -> removed.add(step, removed(item, items.get(step), plan.inner())));
        return removed.build(false);
    }

    /** Everything that is there, the structs on the way as well. */
    private static FieldSet present(Object value, FieldPlan plan, FieldCollector found) {
        if (value == WireValues.NULL || plan.style() == Shape.Style.ATOMIC) {
            return FieldSet.LEAF;
        }
        int mark = found.mark();
        if (plan.style() == Shape.Style.STRUCT) {
            if (plan.type().record().isTopLevel()) {
                found.add(API_VERSION, FieldSet.LEAF);
                found.add(KIND, FieldSet.LEAF);
            }
            List<FieldPlan.Member> members = plan.members();
            for (int i = 0; i < members.size(); i++) {
                FieldPlan.Member member = members.get(i);
                Object inner = WireValues.written(member.field(), value);
                if (inner != null) {
                    found.add(member.step(), present(inner, member.plan(), found));
                }
            }
        } else if (value instanceof Map<?, ?> entries) {
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                found.add(Steps.field((String) entry.getKey()), present(entry.getValue(), plan.inner(), found));
            }
        } else {
            List<?> items = (List<?>) value;
            for (int i = 0; i < items.size(); i++) {
                found.add(plan.stepTo(items.get(i)), present(items.get(i), plan.inner(), found));
            }
        }
        return found.build(mark, true, plan.known());
    }

    /** The entries or items by their steps; of several items with one identity, the first. */
    private static Map<String, Object> items(Object value, FieldPlan plan) {
        Map<String, Object> items = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> items.put(Steps.field((String) key), item));
        } else {
            for (Object item : (List<?>) value) {
                items.putIfAbsent(plan.stepTo(item), item);
            }
        }
        return items;
    }

    private Root root(RecordSchema schema) {
        Root known = roots.get(schema);
        return known != null ? known : roots.computeIfAbsent(schema, Root::of);
    }
}
