package io.orchestrator.core.patch.apply;

import io.orchestrator.core.recall.Lately;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The field sets that one place of objects had lately, by what they are made of. Objects of one template have the same fields, and
 * so they get the same set, whose text is written once. A table of fixed size, which keeps nothing large. Thread-safe: races are
 * benign, since whoever finds nothing makes an equal set.
 */
final class KnownSets {
    private static final int HASHES = 4;

    private final Lately<Known> lately = new Lately<>(HASHES);

    /** @param steps as they came, perhaps in no order */
    private record Known(String[] steps, FieldSet[] sets, boolean member, FieldSet made) {

        boolean isOf(String[] others, FieldSet[] otherSets, int from, int count, boolean otherMember) {
            if (steps.length != count || member != otherMember) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (sets[i] != otherSets[from + i] || !steps[i].equals(others[from + i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The set of these children, of which there are some.
     *
     * @param steps in any order; of several equal ones the first counts
     * @param member whether the place itself is in the set
     */
    FieldSet of(String[] steps, FieldSet[] sets, int from, int count, boolean member) {
        int hash = member ? 1 : 0;
        for (int i = from; i < from + count; i++) {
            hash = (hash * 31 + steps[i].hashCode()) * 31 + System.identityHashCode(sets[i]);
        }
        int first = lately.first(hash);
        for (int place = first; place < first + Lately.WAYS; place++) {
            Known known = lately.at(place);
            if (known != null && known.isOf(steps, sets, from, count, member)) {
                return known.made();
            }
        }
        String[] ownSteps = Arrays.copyOfRange(steps, from, from + count);
        FieldSet[] ownSets = Arrays.copyOfRange(sets, from, from + count);
        FieldSet made = made(ownSteps, ownSets, member);
        if (made.isSmall()) {
            lately.keep(hash, new Known(ownSteps, ownSets, member, made));
        }
        return made;
    }

    private static FieldSet made(String[] steps, FieldSet[] sets, boolean member) {
        for (int i = 1; i < steps.length; i++) {
            if (steps[i - 1].compareTo(steps[i]) >= 0) {
                Map<String, FieldSet> children = new TreeMap<>();
                for (int j = 0; j < steps.length; j++) {
                    children.putIfAbsent(steps[j], sets[j]);
                }
                return FieldSet.of(member, children);
            }
        }
        return FieldSet.ordered(member, steps, sets);
    }
}
