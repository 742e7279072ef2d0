package io.orchestrator.apiserver.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Answers that count for a while; of many, the latest. Thread-safe. */
final class Remembered<K, V> {
    private static final int MOST = 1_000;

    private record Known<V>(V value, long until) {}

    private final LongSupplier nanoTime;
    /** Guarded by itself. */
    private final Map<K, Known<V>> known = new LinkedHashMap<>();

    Remembered(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Optional<V> find(K key) {
        synchronized (known) {
            Known<V> found = known.get(key);
            return found != null && found.until() - nanoTime.getAsLong() > 0
                    ? Optional.of(found.value())
                    : Optional.empty();
        }
    }

    void put(K key, V value, Duration time) {
        synchronized (known) {
            known.remove(key);
            if (known.size() >= MOST) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(key, new Known<>(value, nanoTime.getAsLong() + time.toNanos()));
        }
    }
}
