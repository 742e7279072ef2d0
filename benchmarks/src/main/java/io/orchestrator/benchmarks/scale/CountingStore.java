package io.orchestrator.benchmarks.scale;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.store.ForwardingStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the writes that another store takes, by what was written. Thread-safe. */
final class CountingStore extends ForwardingStore {
    private static final String ROOT = "/registry/";

    private final Store inner;
    private final Map<String, LongAdder> writes = new ConcurrentHashMap<>();

    CountingStore(Store inner) {
        this.inner = inner;
    }

    @Override
    protected Store inner() {
        return inner;
    }

    /** How many writes there have been, by the plural of the kind; what failed is not counted. */
    Map<String, Long> writes() {
        Map<String, Long> now = new TreeMap<>();
        writes.forEach((kind, count) -> now.put(kind, count.sum()));
        return now;
    }

    private void count(StoreKey key) {
        writes.computeIfAbsent(kind(key.path()), kind -> new LongAdder()).increment();
    }

    /** The first segment that is not an API group, such as {@code pods}. */
    private static String kind(String path) {
        if (!path.startsWith(ROOT)) {
            return "others";
        }
        String[] segments = path.substring(ROOT.length()).split("/", 3);
        boolean group = segments.length > 1 && (segments[0].contains(".") || segments[0].equals("apps"));
        return segments[group ? 1 : 0];
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry entry = super.put(key, value, expect);
        count(key);
        return entry;
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Optional<Removal> removal = super.delete(key, expect);
        if (removal.isPresent()) {
            count(key);
        }
        return removal;
    }
}
