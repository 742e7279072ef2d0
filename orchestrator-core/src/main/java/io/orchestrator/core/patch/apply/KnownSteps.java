package io.orchestrator.core.patch.apply;

import io.orchestrator.core.recall.Lately;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps to the items that lists of one place had lately, by the values of their keys. A table of fixed size, which keeps
 * nothing long. Thread-safe: races are benign, since whoever finds nothing makes an equal step.
 */
final class KnownSteps {
    private static final int HASHES = 64;
    private static final int LONG = 256;

    /** Most places are no lists, and most lists of a cluster are never seen: made on first use, a benign race. */
    private @Nullable Lately<Known> lately;

    private record Known(@Nullable Object[] values, String step) {}

    /** @param values of the keys; null or as {@link WireValues#written} has them */
    String of(@Nullable Object[] values, Function<@Nullable Object[], String> made) {
        Lately<Known> table = table();
        int hash = Arrays.hashCode(values);
        int first = table.first(hash);
        for (int place = first; place < first + Lately.WAYS; place++) {
            Known known = table.at(place);
            if (known != null && Arrays.equals(known.values(), values)) {
                return known.step();
            }
        }
        String step = made.apply(values);
        if (step.length() < LONG) {
            table.keep(hash, new Known(values, step));
        }
        return step;
    }

    private Lately<Known> table() {
        Lately<Known> known = lately;
        if (known == null) {
            known = new Lately<>(HASHES);
            lately = known;
        }
        return known;
    }
}
