package io.orchestrator.apiserver;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches that are being answered, so that a server that closes can end them in order. Thread-safe. */
final class OpenWatches implements AutoCloseable {
    private final Set<WatchAnswer> open = ConcurrentHashMap.newKeySet();

    void add(WatchAnswer watch) {
        open.add(watch);
    }

    void remove(WatchAnswer watch) {
        open.remove(watch);
    }

    /** Ends them all. Clients that take nothing use up the patience that they share. */
    @Override
    public void close() {
        long patience = WatchAnswer.PATIENCE_MILLIS;
        for (WatchAnswer watch : List.copyOf(open)) {
            if (!watch.end(patience)) {
                patience /= 2;
            }
        }
    }
}
