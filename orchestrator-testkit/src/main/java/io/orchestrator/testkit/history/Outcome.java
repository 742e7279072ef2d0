package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.StoreKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client was told. */
public sealed interface Outcome {

    /** A put was done. */
    record Written(Seen entry) implements Outcome {}

    /** A delete was done. */
    record Removed(Seen previous, long revision) implements Outcome {}

    /** A delete found nothing to do. */
    record NothingThere() implements Outcome {}

    /** The expectation did not hold, as this stood there. */
    record Conflicted(@Nullable Seen current) implements Outcome {}

    /** What the write was tied to did not stand. */
    record Fenced() implements Outcome {}

    record Found(@Nullable Seen entry) implements Outcome {}

    record Listed(long revision, Map<StoreKey, Seen> entries) implements Outcome {
        public Listed {
            entries = Map.copyOf(entries);
        }
    }

    record Reached(long revision) implements Outcome {}

    /** Refused, and the store says that nothing was written. */
    record NotDone() implements Outcome {}

    /** No answer: a write may have happened, may still happen, or never. */
    record Unknown() implements Outcome {}
}
