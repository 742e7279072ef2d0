package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import io.orchestrator.testkit.store.RecordingSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Reads all changes of a quiet store by a watch of its own. */
final class HistoryReader {
    private static final String MARK = "mark";

    private final StoreKey prefix;
    private final Duration patience;

    HistoryReader(StoreKey prefix, Duration patience) {
        this.prefix = prefix;
        this.patience = patience;
    }

    /**
     * All changes behind a revision. A mark is written beside the prefix and watched for as well, to know when all is there: stores
     * need not report progress.
     */
    List<Change> changesAfter(Store store, long revision) {
        StoreKey parent = new StoreKey(prefix.path().substring(0, prefix.path().length() - 1));
        StoreKey mark = new StoreKey(parent.path() + "-" + MARK);
        RecordingSink sink = new RecordingSink(revision, patience);
        try (Subscription watch = store.watch(parent, revision, sink)) {
            long last = insist(
                    patience,
                    () -> store.put(mark, StoreValue.of(MARK.getBytes(StandardCharsets.UTF_8)), Expect.anything())
                            .revision());
            return sink.awaitRevision(last).stream()
                    .filter(change -> change.key().startsWith(prefix))
                    .toList();
        }
    }

    /** Asks a store that was just broken, or has just come up, until it answers: its members may be about to elect once more. */
    static long insist(Duration patience, LongSupplier call) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return call.getAsLong();
            } catch (StoreException.Unavailable e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }
}
