package io.orchestrator.apiserver;

import io.orchestrator.apiserver.flow.Deadlines;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches that are being answered, so that a server that closes can end them in order. Thread-safe. */
final class OpenWatches implements AutoCloseable {
    private final Set<WatchAnswer> open = ConcurrentHashMap.newKeySet();
    private final Deadlines deadlines;
    private final Duration patience;

    /** @param patience how long a client may take nothing of its watch before it is cut off */
    OpenWatches(Deadlines deadlines, Duration patience) {
        this.deadlines = deadlines;
        this.patience = patience;
    }

    /** Has this run unless the client takes what is on its way to it in time. */
    Deadlines.Deadline patience(Runnable over) {
        return deadlines.in(patience, over);
    }

    void add(WatchAnswer watch) {
        open.add(watch);
    }

    void remove(WatchAnswer watch) {
        open.remove(watch);
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    /** Ends them all. Clients that take nothing use up the patience that they share. */
    @Override
    public void close() {
        long patience = WatchAnswer.PATIENCE_MILLIS;
        List<WatchAnswer> all = List.copyOf(open);
        all.forEach(WatchAnswer::end);
        for (WatchAnswer watch : all) {
            if (!watch.awaitEnd(patience)) {
                patience /= 2;
            }
        }
    }
}
