package io.orchestrator.core.patch.apply;

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

    private final Map<RecordSchema, List<FieldPlan.Member>> members = new ConcurrentHashMap<>();
    private final WireValues wire;

    RecordFields(WireValues wire) {
        this.wire = wire;
    }

    /** What is new in {@code after}, or has another value. */
    FieldSet changed(Object before, Object after, RecordSchema schema) {
        return changed(before, after, members(schema));
    }

    private FieldSet changed(Object before, Object after, List<FieldPlan.Member> members) {
        if (before == after) {
            return FieldSet.EMPTY;
        }
        FieldSet.Builder changed = new FieldSet.Builder();
        for (FieldPlan.Member member : members) {
            Object now = WireValues.written(member.field(), after);
            if (now != null) {
                Object then = WireValues.written(member.field(), before);
                changed.add(member.step(), changed(then, now, member.plan()));
            }
        }
        return changed.build(false);
    }

    private FieldSet changed(@Nullable Object before, Object after, FieldPlan plan) {
        if (before == null) {
            return present(after, plan);
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
            return present(after, plan).inside();
        }
        if (plan.style() == Shape.Style.STRUCT) {
            return changed(before, after, plan.members());
        }
        FieldSet.Builder changed = new FieldSet.Builder();
        Map<String, Object> items = items(before, plan);
        items(after, plan).forEach((step, item) -> changed.add(step, changed(items.get(step), item, plan.inner())));
        return changed.build(false);
    }

    /** What {@code before} has and {@code after} has not. */
    FieldSet removed(Object before, Object after, RecordSchema schema) {
        return removed(before, after, members(schema));
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
            return present(before, plan);
        }
        if (before == after || before == WireValues.NULL || plan.style() == Shape.Style.ATOMIC) {
            return FieldSet.EMPTY;
        }
        if (after == WireValues.NULL) {
            return present(before, plan).inside();
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
    private static FieldSet present(Object value, FieldPlan plan) {
        if (value == WireValues.NULL || plan.style() == Shape.Style.ATOMIC) {
            return FieldSet.LEAF;
        }
        FieldSet.Builder present = new FieldSet.Builder();
        if (plan.style() == Shape.Style.STRUCT) {
            if (plan.type().record().isTopLevel()) {
                present.add(API_VERSION, FieldSet.LEAF);
                present.add(KIND, FieldSet.LEAF);
            }
            for (FieldPlan.Member member : plan.members()) {
                Object inner = WireValues.written(member.field(), value);
                if (inner != null) {
                    present.add(member.step(), present(inner, member.plan()));
                }
            }
        } else {
            items(value, plan).forEach((step, item) -> present.add(step, present(item, plan.inner())));
        }
        return present.build(true);
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

    private List<FieldPlan.Member> members(RecordSchema schema) {
        return members.computeIfAbsent(schema, FieldPlan::members);
    }
}
