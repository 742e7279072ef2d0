package io.orchestrator.benchmarks.cluster;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Rates;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.store.DurableStore;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A cluster that starts again on a directory with many objects in it, to its first list of them all. Beside it, the store alone:
 * what no start can do without.
 */
public final class RestartScenario implements Scenario {
    private static final int WRITERS = 64;
    private static final String TEXT = "x".repeat(600);

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String description() {
        return "start on a directory with many objects, to a list of them [--objects --runs --directory]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int objects = options.number("objects", 100_000);
        int runs = options.number("runs", 3);
        Path parent = Path.of(options.text("directory", System.getProperty("java.io.tmpdir")));
        Path directory = Files.createTempDirectory(parent, "restart-");
        try {
            double filled;
            try (Cluster cluster = start(directory)) {
                filled = Rates.perSecond(
                        WRITERS,
                        objects / WRITERS,
                        (thread, i) -> cluster.client()
                                .create(ConfigMap.named("c" + thread + "-" + i)
                                        .data("text", TEXT)
                                        .build()));
            }
            Report report = new Report(
                            name(),
                            "with " + objects + " objects",
                            "milliseconds",
                            "of processor time",
                            "others' processors")
                    .row("(filled, creates per second)", filled, "", "");
            double store = measure(report, "the store alone, opened and listed", runs, () -> openStore(directory));
            double cluster = measure(report, "the cluster, to a list of all", runs, () -> restart(directory, objects));
            return report.ratio("the store's time to the cluster's", store, cluster);
        } finally {
            remove(directory);
        }
    }

    private static double measure(Report report, String what, int runs, Runnable work) throws Exception {
        Usage usage = Usage.begin();
        double millis = Rates.medianMillis(runs, (thread, run) -> work.run());
        Usage.Used used = usage.end();
        double processor = used.process() * 1_000 / runs;
        report.row(what, millis, processor, used.others()).figure(what, millis).figure(what + ", processor", processor);
        return millis;
    }

    private static Cluster start(Path directory) {
        return Cluster.builder()
                .directory(directory)
                .apiServer(ApiServer.onPort(0))
                .runtime(environment -> new SimulatedRuntime(environment).withAllImages())
                .start();
    }

    private static void openStore(Path directory) {
        try (Store store = DurableStore.open(directory.resolve("state"), Runnable::run)) {
            store.list(new StoreKey("/"), ListQuery.all());
        }
    }

    private static void restart(Path directory, int objects) {
        try (Cluster cluster = start(directory)) {
            int found = cluster.client().configMaps().list().items().size();
            if (found < objects / WRITERS * WRITERS) {
                throw new IllegalStateException("only " + found + " of " + objects + " are back");
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
