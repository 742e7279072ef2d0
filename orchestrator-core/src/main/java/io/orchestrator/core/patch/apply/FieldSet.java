package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths into an object, as a tree whose steps are written as in {@code fieldsV1}: {@code f:name} for a field or map
 * key, {@code k:{...}} for a list item by its keys, {@code v:...} for an item of a set. Immutable.
 *
 * <p>Every write makes some, so the children are arrays in the order of their steps and operations are merges.
 */
final class FieldSet {
    private static final String SELF = ".";
    private static final int SMALL = 16 * 1024;
    private static final int BRACES = 10;
    private static final int QUOTES = 4;

    static final FieldSet EMPTY = new FieldSet(false, new String[0], new FieldSet[0]);
    /** The set of just the place itself. */
    static final FieldSet LEAF = new FieldSet(true, new String[0], new FieldSet[0]);

    private final boolean member;
    private final String[] steps;
    private final FieldSet[] sets;
    /** About how long its text is. */
    private final int length;
    /** Benign races, as is the next: every thread would make the same. */
    private @Nullable RawJson json;

    private @Nullable FieldSet inside;

    private FieldSet(boolean member, String[] steps, FieldSet[] sets) {
        this.member = member;
        this.steps = steps;
        this.sets = sets;
        int all = BRACES;
        for (int i = 0; i < steps.length; i++) {
            all += steps[i].length() + QUOTES + sets[i].length;
        }
        this.length = all;
    }

    /** @param steps in order, each once; this set's own from now on, as are {@code sets}, of which none is empty */
    static FieldSet ordered(boolean member, String[] steps, FieldSet[] sets) {
        return new FieldSet(member, steps, sets);
    }

    /** Whether it may be kept for later. */
    boolean isSmall() {
        return length <= SMALL;
    }

    /** Collects the children of a set; empty ones are left out. Each step comes once. Confined. */
    static final class Builder {
        private final List<String> steps = new ArrayList<>();
        private final List<FieldSet> sets = new ArrayList<>();
        private boolean sorted = true;

        void add(String step, FieldSet set) {
            if (set.isEmpty()) {
                return;
            }
            sorted &= steps.isEmpty() || steps.get(steps.size() - 1).compareTo(step) < 0;
            steps.add(step);
            sets.add(set);
        }

        /** @param member whether the place itself is in the set */
        FieldSet build(boolean member) {
            if (steps.isEmpty()) {
                return member ? LEAF : EMPTY;
            }
            String[] ordered = steps.toArray(String[]::new);
            FieldSet[] children = sets.toArray(FieldSet[]::new);
            if (!sorted) {
                Integer[] places = new Integer[ordered.length];
                Arrays.setAll(places, i -> i);
                Arrays.sort(places, Comparator.comparing(steps::get));
                for (int i = 0; i < places.length; i++) {
                    ordered[i] = steps.get(places[i]);
                    children[i] = sets.get(places[i]);
                }
            }
            return new FieldSet(member, ordered, children);
        }
    }

    /** @param member whether the place itself is in the set */
    static FieldSet of(boolean member, Map<String, FieldSet> children) {
        Builder builder = new Builder();
        new TreeMap<>(children).forEach(builder::add);
        return builder.build(member);
    }

    /** Reads {@code fieldsV1}; steps that we do not know are kept. */
    static FieldSet parse(JsonNode fields) {
        Builder children = new Builder();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!field.getKey().equals(SELF)) {
                JsonNode inner = field.getValue();
                children.add(field.getKey(), inner.isEmpty() ? LEAF : parse(inner));
            }
        }
        return children.build(fields.has(SELF));
    }

    /** As {@code fieldsV1}, which is JSON. */
    String toText() {
        return json().json();
    }

    /** As {@code fieldsV1}, made once. */
    RawJson json() {
        RawJson known = json;
        if (known == null) {
            StringBuilder text = new StringBuilder(length);
            write(text);
            known = RawJson.of(text.toString());
            json = known;
        }
        return known;
    }

    private void write(StringBuilder out) {
        out.append('{');
        if (member && steps.length > 0) {
            out.append("\"" + SELF + "\":{},");
        }
        for (int i = 0; i < steps.length; i++) {
            out.append(i == 0 ? "\"" : ",\"");
            Steps.quote(steps[i], out);
            out.append("\":");
            sets[i].write(out);
        }
        out.append('}');
    }

    boolean isMember() {
        return member;
    }

    boolean isEmpty() {
        return !member && steps.length == 0;
    }

    /** In the order of the steps. */
    void forEach(BiConsumer<String, FieldSet> action) {
        for (int i = 0; i < steps.length; i++) {
            action.accept(steps[i], sets[i]);
        }
    }

    FieldSet child(String step) {
        int place = Arrays.binarySearch(steps, step);
        return place < 0 ? EMPTY : sets[place];
    }

    /** What is below the place, without the place itself. The same each time, so that sets made of it are found again. */
    FieldSet inside() {
        if (!member) {
            return this;
        }
        FieldSet known = inside;
        if (known == null) {
            known = steps.length == 0 ? EMPTY : new FieldSet(false, steps, sets);
            inside = known;
        }
        return known;
    }

    /** Without these steps and what is below them. */
    FieldSet without(Set<String> dropped) {
        Builder rest = new Builder();
        forEach((step, child) -> rest.add(step, dropped.contains(step) ? EMPTY : child));
        return rest.build(member);
    }

    /** With this in the place of what is there at the step. */
    FieldSet with(String step, FieldSet replacement) {
        Builder rest = new Builder();
        forEach((each, child) -> rest.add(each, each.equals(step) ? replacement : child));
        return rest.build(member);
    }

    FieldSet union(FieldSet other) {
        if (isEmpty()) {
            return other;
        }
        Builder both = new Builder();
        int mine = 0;
        int theirs = 0;
        while (mine < steps.length || theirs < other.steps.length) {
            int order = mine == steps.length
                    ? 1
                    : theirs == other.steps.length ? -1 : steps[mine].compareTo(other.steps[theirs]);
            if (order < 0) {
                both.add(steps[mine], sets[mine++]);
            } else if (order > 0) {
                both.add(other.steps[theirs], other.sets[theirs++]);
            } else {
                both.add(steps[mine], sets[mine++].union(other.sets[theirs++]));
            }
        }
        return both.build(member || other.member);
    }

    FieldSet minus(FieldSet other) {
        return other.isEmpty() ? this : stepwise(other, member && !other.member, FieldSet::minus);
    }

    FieldSet intersect(FieldSet other) {
        return other.isEmpty() ? EMPTY : stepwise(other, member && other.member, FieldSet::intersect);
    }

    private FieldSet stepwise(FieldSet other, boolean self, BinaryOperator<FieldSet> operation) {
        Builder result = new Builder();
        forEach((step, child) -> result.add(step, operation.apply(child, other.child(step))));
        return result.build(self);
    }

    /** Its members as people read them, such as {@code .spec.containers[name="web"].image}. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        if (member && !prefix.isEmpty()) {
            paths.add(prefix);
        }
        forEach((step, child) -> child.collect(prefix + Steps.readable(step), paths));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set
                && member == set.member
                && Arrays.equals(steps, set.steps)
                && Arrays.equals(sets, set.sets);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(steps) * 31 + Arrays.hashCode(sets)) * 2 + Boolean.hashCode(member);
    }

    @Override
    public String toString() {
        return toText();
    }
}
