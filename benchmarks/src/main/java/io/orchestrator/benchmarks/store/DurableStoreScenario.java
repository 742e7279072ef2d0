package io.orchestrator.benchmarks.store;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Rates;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.store.DurableStore;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.store.etcd.EtcdStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates on the durable store with few and many writers. Beside it the disk itself: as many syncs as one thread gets done, one
 * behind each kilobyte; and, where its address is given, an etcd, which should lie on the same disk.
 */
public final class DurableStoreScenario implements Scenario {
    private static final List<Integer> WRITERS = List.of(1, 16, 64);
    private static final byte[] KILOBYTE = new byte[1_024];

    @Override
    public String name() {
        return "store-durable";
    }

    @Override
    public String description() {
        return "durable creates beside the disk's syncs and etcd [--directory --creates --etcd URL]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int creates = options.number("creates", 2_000);
        String etcd = options.text("etcd", "");
        Path parent = Path.of(options.text("directory", System.getProperty("java.io.tmpdir")));
        Path directory = Files.createTempDirectory(parent, "store-durable-");
        Report report = new Report(name(), "creates per second", "ours", "peer", "theirs", "ratio");
        try {
            for (int writers : WRITERS) {
                int each = Math.max(20, creates / writers * (writers == 1 ? 1 : 4));
                // In turn, and ours between two looks at the disk: it is shared, and its speed moves.
                double before = syncsPerSecond(directory.resolve("raw-" + writers), creates / 2);
                double ours;
                try (Store store = DurableStore.open(directory.resolve("store-" + writers), Runnable::run)) {
                    ours = createsPerSecond(store, writers, each);
                }
                double after = syncsPerSecond(directory.resolve("raw2-" + writers), creates / 2);
                report.compare(writers + " writers", ours, "syncs of the disk", (before + after) / 2);
                if (!etcd.isEmpty()) {
                    report.compare(writers + " writers, beside etcd", ours, "etcd", etcdCreates(etcd, writers, each));
                }
            }
        } finally {
            remove(directory);
        }
        return report;
    }

    private static double createsPerSecond(Store store, int writers, int each) throws Exception {
        Rates.perSecond(writers, each / 4, (thread, i) -> create(store, "warm-" + thread + "-" + i));
        return Rates.perSecond(writers, each, (thread, i) -> create(store, "t" + thread + "-" + i));
    }

    private static void create(Store store, String name) {
        store.put(new StoreKey("/things/" + name), StoreValue.of(KILOBYTE), Expect.absent());
    }

    private static double etcdCreates(String endpoint, int writers, int each) throws Exception {
        String namespace = "/durable-" + ProcessHandle.current().pid() + "-" + writers;
        try (EtcdStore store = EtcdStore.at(endpoint).namespace(namespace).open()) {
            try {
                return createsPerSecond(store, writers, each);
            } finally {
                EtcdCleaner.removeAll(endpoint, namespace);
            }
        }
    }

    private static double syncsPerSecond(Path file, int syncs) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return Rates.perSecond(1, syncs, (thread, i) -> {
                ByteBuffer bytes = ByteBuffer.wrap(KILOBYTE);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            });
        }
    }

    static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
