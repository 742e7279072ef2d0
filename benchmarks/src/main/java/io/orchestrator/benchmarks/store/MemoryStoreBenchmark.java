package io.orchestrator.benchmarks.store;

import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one operation of the memory store costs, with nobody watching. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MemoryStoreBenchmark {
    private static final int KEYS = 1 << 17;
    private static final StoreValue VALUE = StoreValue.of(new byte[0]);

    private final MemoryStore store = new MemoryStore(Runnable::run);
    private final StoreKey[] keys = new StoreKey[KEYS];

    @Setup
    public void fill() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = StoreKey.of("registry", "pods", "default", "pod-" + i);
            store.put(keys[i], VALUE, Expect.absent());
        }
    }

    /** A position that wanders over the keys, one per thread. */
    @State(Scope.Thread)
    public static class Position {
        private int next;

        StoreKey of(StoreKey[] keys) {
            next = (next + 7_919) & (KEYS - 1);
            return keys[next];
        }
    }

    @Benchmark
    public Entry update(Position position) {
        return store.put(position.of(keys), VALUE, Expect.anything());
    }

    @Benchmark
    public Optional<Entry> get(Position position) {
        return store.get(position.of(keys));
    }
}
