package io.orchestrator.core.patch.apply;

import java.util.Arrays;

/**
 * Collects the children of the sets of one walk, on a stack: who begins a set marks its place, adds what is found, and builds.
 * Confined to that walk.
 */
final class FieldCollector {
    private static final int FIRST_SIZE = 64;

    private String[] steps = new String[FIRST_SIZE];
    private FieldSet[] sets = new FieldSet[FIRST_SIZE];
    private int top;

    /** Where a set begins. */
    int mark() {
        return top;
    }

    /** A child; an empty one is left out. */
    void add(String step, FieldSet set) {
        if (set.isEmpty()) {
            return;
        }
        if (top == steps.length) {
            steps = Arrays.copyOf(steps, top * 2);
            sets = Arrays.copyOf(sets, top * 2);
        }
        steps[top] = step;
        sets[top++] = set;
    }

    /**
     * The set of what was added since the mark.
     *
     * @param member whether the place itself is in the set
     * @param known the sets that this place had before
     */
    FieldSet build(int mark, boolean member, KnownSets known) {
        int count = top - mark;
        top = mark;
        if (count == 0) {
            return member ? FieldSet.LEAF : FieldSet.EMPTY;
        }
        return known.of(steps, sets, mark, count, member);
    }
}
