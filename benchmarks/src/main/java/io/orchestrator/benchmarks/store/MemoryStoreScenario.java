package io.orchestrator.benchmarks.store;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Rates;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The memory store beside the bare maps of the JDK that it is made of: the hash map with a slot per key is the limit of an update that
 * has neither revisions nor history nor watchers, the skip list is what a store without slots would pay.
 */
public final class MemoryStoreScenario implements Scenario {
    private static final StoreKey ALL = new StoreKey("/registry/pods/");
    private static final StoreValue VALUE = StoreValue.of(new byte[0]);
    private static final int WATCHERS = 10;

    @Override
    public String name() {
        return "store-memory";
    }

    @Override
    public String description() {
        return "memory store beside the JDK's maps: updates, reads, lists, watches [--keys --writes --threads]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int keys = options.number("keys", 150_000);
        int writes = options.number("writes", 1_000_000);
        int threads = options.number("threads", 2);
        Report report = new Report(name(), "per second", "ours", "peer", "theirs", "ratio");
        List<StoreKey> names = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            names.add(StoreKey.of("registry", "pods", "default", "pod-" + i));
        }
        try (SystemEnvironment environment = new SystemEnvironment("store-bench");
                MemoryStore store = new MemoryStore(
                        environment.environment().executor(), MemoryStoreOptions.keeping(Math.max(writes, 1 << 18)))) {
            Peers peers = new Peers(names);
            double creates = Rates.perSecond(1, keys, (thread, i) -> store.put(names.get(i), VALUE, Expect.absent()));
            // Once to warm up, once to measure.
            for (int round = 0; round < 2; round++) {
                boolean last = round == 1;
                double cas = Rates.perSecond(threads, writes / threads, (thread, i) -> update(store, pick(names)));
                double slots = Rates.perSecond(threads, writes / threads, (thread, i) -> peers.update(pick(names)));
                double skip = Rates.perSecond(threads, writes / threads / 4, (thread, i) -> peers.skip(pick(names)));
                double get = Rates.perSecond(threads, writes / threads, (thread, i) -> store.get(pick(names)));
                double hashGet = Rates.perSecond(threads, writes / threads, (thread, i) -> peers.get(pick(names)));
                if (last) {
                    report.compare("compare-and-set updates", cas, "hash map with slots", slots);
                    report.compare("the same updates", cas, "skip list", skip);
                    report.compare("gets", get, "hash map", hashGet);
                    report.row("creates", creates, "", "", "").figure("creates", creates);
                }
            }
            watched(report, store, names, writes / 4);
            lists(report, store, peers);
        }
        return report;
    }

    private static StoreKey pick(List<StoreKey> names) {
        return names.get(ThreadLocalRandom.current().nextInt(names.size()));
    }

    /** As the registry does it: read, then write what was read on the condition that it still stands. */
    private static void update(MemoryStore store, StoreKey key) {
        Entry entry = store.get(key).orElseThrow();
        try {
            store.put(key, VALUE, Expect.atRevision(entry.revision()));
        } catch (io.orchestrator.spi.store.StoreException.Conflict e) {
            store.put(key, VALUE, Expect.anything());
        }
    }

    private static void watched(Report report, MemoryStore store, List<StoreKey> names, int writes) throws Exception {
        List<CountingSink> sinks = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            CountingSink sink = new CountingSink();
            store.watch(ALL, store.revision(), sink);
            sinks.add(sink);
        }
        long begun = System.nanoTime();
        double rate = Rates.perSecond(1, writes, (thread, i) -> store.put(pick(names), VALUE, Expect.anything()));
        long end = begun;
        long delivered = 0;
        for (CountingSink sink : sinks) {
            end = Math.max(end, sink.await(store.revision()));
            delivered += sink.count();
        }
        double events = delivered * 1e9 / (end - begun);
        report.row("writes seen by " + WATCHERS + " watchers", rate, "", "", "").figure("watched writes", rate);
        report.row("events delivered", events, "", "", "").figure("events delivered", events);
        double lag = Rates.medianMillis(2_000, (thread, i) -> {
            Entry entry = store.put(names.get(0), VALUE, Expect.anything());
            sinks.get(0).await(entry.revision());
        });
        report.row("put to watch event, microseconds", lag * 1_000, "", "", "")
                .figure("put to watch event, microseconds", lag * 1_000);
    }

    private static void lists(Report report, MemoryStore store, Peers peers) throws Exception {
        double ours = Rates.medianMillis(11, (thread, i) -> store.list(ALL, ListQuery.all()));
        double theirs = Rates.medianMillis(11, (thread, i) -> peers.list());
        report.compare("lists of everything", 1_000 / ours, "skip list", 1_000 / theirs);
    }

    /** What the JDK has. */
    private static final class Peers {
        private final Map<StoreKey, AtomicReference<Entry>> slots = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<StoreKey, Entry> sorted = new ConcurrentSkipListMap<>();

        Peers(List<StoreKey> names) {
            for (StoreKey key : names) {
                Entry entry = new Entry(key, VALUE, 1, 1);
                slots.put(key, new AtomicReference<>(entry));
                sorted.put(key, entry);
            }
        }

        void update(StoreKey key) {
            AtomicReference<Entry> slot = slots.get(key);
            if (slot != null) {
                Entry entry = Objects.requireNonNull(slot.get());
                slot.compareAndSet(entry, new Entry(key, VALUE, 1, entry.revision() + 1));
            }
        }

        void skip(StoreKey key) {
            Entry entry = sorted.get(key);
            if (entry != null) {
                sorted.replace(key, entry, new Entry(key, VALUE, 1, entry.revision() + 1));
            }
        }

        void get(StoreKey key) {
            AtomicReference<Entry> slot = slots.get(key);
            if (slot == null || Objects.requireNonNull(slot.get()).revision() == 0) {
                throw new IllegalStateException("missing " + key);
            }
        }

        void list() {
            if (new ArrayList<>(sorted.tailMap(ALL, true).values()).isEmpty()) {
                throw new IllegalStateException("empty");
            }
        }
    }
}
