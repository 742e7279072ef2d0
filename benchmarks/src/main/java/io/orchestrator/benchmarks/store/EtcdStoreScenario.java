package io.orchestrator.benchmarks.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Rates;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.store.etcd.EtcdStore;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The etcd store beside jetcd as it is, on one etcd, one after the other. Removes what it wrote. */
public final class EtcdStoreScenario implements Scenario {
    private static final StoreKey THINGS = new StoreKey("/things/");
    private static final int IN_FLIGHT = 64;
    private static final byte[] KILOBYTE = new byte[1_024];

    @Override
    public String name() {
        return "store-etcd";
    }

    @Override
    public String description() {
        return "etcd store beside bare jetcd: puts, lists, watch lag [--endpoint --puts --list]";
    }

    @Override
    public Report run(Options options) throws Exception {
        String endpoint = options.text("endpoint", "http://127.0.0.1:2379");
        int puts = options.number("puts", 2_000);
        int listed = options.number("list", 10_000);
        String namespace = "/benchmark-" + ProcessHandle.current().pid();
        Report report = new Report(name(), "per second", "ours", "peer", "theirs", "ratio");
        try (Client client = Client.builder()
                        .endpoints(endpoint)
                        .maxInboundMessageSize(64 << 20)
                        .build();
                EtcdStore store = EtcdStore.at(endpoint).namespace(namespace).open()) {
            try {
                measure(report, store, client.getKVClient(), client.getWatchClient(), puts, listed, namespace);
            } finally {
                // In steps: an etcd that has deleted all of it at once is slower from then on.
                EtcdCleaner.removeAll(endpoint, namespace);
            }
        }
        return report;
    }

    private static void measure(
            Report report, EtcdStore store, KV kv, Watch watch, int puts, int listed, String namespace)
            throws Exception {
        ByteSequence value = ByteSequence.from(KILOBYTE);
        for (int round = 0; round < 2; round++) {
            int count = round == 0 ? puts / 4 : puts;
            double one = Rates.perSecond(1, count, (thread, i) -> put(store, "one-" + i % 100));
            double rawOne = Rates.perSecond(
                    1,
                    count,
                    (thread, i) -> kv.put(bytes(namespace + "/raw/one-" + i % 100), value)
                            .get(10, TimeUnit.SECONDS));
            double many = Rates.perSecond(
                    IN_FLIGHT, count * 4 / IN_FLIGHT, (thread, i) -> put(store, "many-" + thread + "-" + i % 10));
            double rawMany = rawInFlight(kv, value, count * 4, namespace);
            if (round == 1) {
                report.compare("puts, one at a time", one, "jetcd put", rawOne);
                report.compare("puts, 64 in flight", many, "jetcd put", rawMany);
            }
        }
        double cas = casPerSecond(store, puts);
        report.row("compare-and-set, one at a time", cas, "", "", "").figure("compare-and-set, one at a time", cas);
        Rates.perSecond(IN_FLIGHT, listed / IN_FLIGHT, (thread, i) -> put(store, "list/" + thread + "-" + i));
        lists(report, store, kv, namespace);
        double lag = watchLag(store, puts / 4);
        double rawLag = rawWatchLag(kv, watch, value, puts / 4, namespace);
        report.compare("put to watch event and back", 1_000 / lag, "jetcd watch", 1_000 / rawLag);
    }

    private static Entry put(EtcdStore store, String name) {
        return store.put(new StoreKey("/things/" + name), StoreValue.of(KILOBYTE), Expect.anything());
    }

    private static double casPerSecond(EtcdStore store, int count) throws Exception {
        AtomicReference<Entry> current = new AtomicReference<>(put(store, "cas"));
        return Rates.perSecond(1, count, (thread, i) -> {
            Entry entry = Objects.requireNonNull(current.get());
            current.set(store.put(entry.key(), entry.value(), Expect.atRevision(entry.revision())));
        });
    }

    private static double rawInFlight(KV kv, ByteSequence value, int count, String namespace) throws Exception {
        Semaphore free = new Semaphore(IN_FLIGHT);
        double rate = Rates.perSecond(1, count, (thread, i) -> {
            free.acquire();
            var unused = kv.put(bytes(namespace + "/raw/many-" + i % 640), value)
                    .whenComplete((response, failure) -> free.release());
        });
        free.acquire(IN_FLIGHT);
        return rate;
    }

    private static void lists(Report report, EtcdStore store, KV kv, String namespace) throws Exception {
        GetOption all = GetOption.builder().isPrefix(true).build();
        StoreKey folder = new StoreKey(THINGS.path() + "list/");
        double ours = Rates.medianMillis(7, (thread, i) -> store.list(folder, ListQuery.all()));
        double theirs = Rates.medianMillis(
                7, (thread, i) -> kv.get(bytes(namespace + folder.path()), all).get(30, TimeUnit.SECONDS));
        report.compare("lists, in pages", 1_000 / ours, "jetcd range, in one", 1_000 / theirs);
    }

    private static double watchLag(EtcdStore store, int count) throws Exception {
        CountingSink sink = new CountingSink();
        try (var subscription = store.watch(THINGS, store.revision(), sink)) {
            return Rates.medianMillis(
                    count, (thread, i) -> sink.await(put(store, "lag").revision()));
        }
    }

    private static double rawWatchLag(KV kv, Watch watch, ByteSequence value, int count, String namespace)
            throws Exception {
        AtomicReference<CompletableFuture<Boolean>> next = new AtomicReference<>(new CompletableFuture<>());
        ByteSequence key = bytes(namespace + "/raw/lag");
        Watch.Watcher watcher = watch.watch(
                key,
                WatchOption.DEFAULT,
                response -> Objects.requireNonNull(next.get()).complete(true));
        try (watcher) {
            return Rates.medianMillis(count, (thread, i) -> {
                CompletableFuture<Boolean> seen = new CompletableFuture<>();
                next.set(seen);
                kv.put(key, value).get(10, TimeUnit.SECONDS);
                seen.get(10, TimeUnit.SECONDS);
            });
        }
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
