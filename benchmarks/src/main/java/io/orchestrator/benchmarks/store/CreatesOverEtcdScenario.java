package io.orchestrator.benchmarks.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Rates;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.store.etcd.EtcdStore;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Creates through the API (decoded, admitted, validated) with etcd behind it, beside bare jetcd puts of a kilobyte. */
public final class CreatesOverEtcdScenario implements Scenario {
    private static final List<Integer> WRITERS = List.of(1, 16, 64);
    private static final String TEXT = "x".repeat(700);

    @Override
    public String name() {
        return "creates-etcd";
    }

    @Override
    public String description() {
        return "creates of config maps over etcd beside bare jetcd puts [--endpoint --creates]";
    }

    @Override
    public Report run(Options options) throws Exception {
        String endpoint = options.text("endpoint", "http://127.0.0.1:2379");
        int creates = options.number("creates", 2_000);
        String namespace = "/creates-" + ProcessHandle.current().pid();
        Report report = new Report(name(), "per second", "ours", "peer", "theirs", "ratio");
        try (Client client = Client.builder().endpoints(endpoint).build();
                Cluster cluster = Cluster.builder()
                        .store(EtcdStore.at(endpoint).namespace(namespace).open())
                        .runtime(environment -> new SimulatedRuntime(environment).withAllImages())
                        .start()) {
            for (int writers : WRITERS) {
                int each = creates / writers;
                create(cluster, writers, each / 4, "warm-");
                put(client, namespace, writers, each / 4);
                double ours = create(cluster, writers, each, "c-");
                double theirs = put(client, namespace, writers, each);
                report.compare(writers + " writers", ours, "jetcd put", theirs);
            }
        } finally {
            EtcdCleaner.removeAll(endpoint, namespace);
        }
        return report;
    }

    private static double create(Cluster cluster, int writers, int each, String prefix) throws Exception {
        return Rates.perSecond(
                writers,
                each,
                (thread, i) -> cluster.client()
                        .create(ConfigMap.named(prefix + writers + "-" + thread + "-" + i)
                                .data("text", TEXT)
                                .build()));
    }

    private static double put(Client client, String namespace, int writers, int each) throws Exception {
        ByteSequence value = ByteSequence.from(new byte[1_024]);
        return Rates.perSecond(
                writers,
                each,
                (thread, i) -> client.getKVClient()
                        .put(
                                ByteSequence.from(
                                        namespace + "/raw/" + writers + "-" + thread + "-" + i, StandardCharsets.UTF_8),
                                value)
                        .get(10, TimeUnit.SECONDS));
    }
}
