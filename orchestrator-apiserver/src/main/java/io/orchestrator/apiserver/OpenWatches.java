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

    @Override
    public void close() {
        List.copyOf(open).forEach(WatchAnswer::end);
    }
}
