package io.orchestrator.core.patch.apply;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps to the items that lists of one place had lately, by the values of their keys. A table of fixed size, which keeps
 * nothing long. Thread-safe: races are benign, since whoever finds nothing makes an equal step.
 */
final class KnownSteps {
    private static final int SLOTS = 64;
    private static final int LONG = 256;

    private final @Nullable Known[] slots = new Known[SLOTS];

    private record Known(@Nullable Object[] values, String step) {}

    /** @param values of the keys; null or as {@link WireValues#written} has them */
    String of(@Nullable Object[] values, Function<@Nullable Object[], String> made) {
        int hash = Arrays.hashCode(values);
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Known known = slots[slot];
        if (known != null && Arrays.equals(known.values(), values)) {
            return known.step();
        }
        String step = made.apply(values);
        if (step.length() < LONG) {
            slots[slot] = new Known(values, step);
        }
        return step;
    }
}
