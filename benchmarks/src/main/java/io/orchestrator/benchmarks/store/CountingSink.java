package io.orchestrator.benchmarks.store;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Counts what comes; others wait for a revision. */
final class CountingSink implements ChangeSink {
    private long count;
    private volatile long reached;
    private volatile @Nullable StoreException end;
    private volatile long awaited = Long.MAX_VALUE;
    private volatile CompletableFuture<Long> arrival = new CompletableFuture<>();

    @Override
    public void changes(long revision, List<Change> changes) {
        count += changes.size();
        reached = revision;
        if (revision >= awaited) {
            arrival.complete(System.nanoTime());
        }
    }

    @Override
    public void closed(StoreException cause) {
        end = cause;
        arrival.completeExceptionally(cause);
    }

    /** When the revision came, in the terms of {@link System#nanoTime()}. One waiter at a time. */
    long await(long revision) {
        CompletableFuture<Long> next = new CompletableFuture<>();
        arrival = next;
        awaited = revision;
        StoreException over = end;
        if (over != null) {
            throw over;
        }
        if (reached >= revision) {
            next.complete(System.nanoTime());
        }
        long when = next.join();
        awaited = Long.MAX_VALUE;
        return when;
    }

    /** Read it behind {@link #await}. */
    long count() {
        return count;
    }
}
