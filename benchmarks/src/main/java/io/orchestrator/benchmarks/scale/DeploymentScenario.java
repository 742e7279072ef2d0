package io.orchestrator.benchmarks.scale;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatus;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.MemoryStore;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Deployment to Ready, its roll-out, and its namespace deleted, with one number of pods after the other: what a pod costs, and
 * whether it costs more where there are many.
 */
public final class DeploymentScenario implements Scenario {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentScenario.class);
    private static final String NAMESPACE = "scale";
    private static final String NAME = "web";
    private static final int WARM_UP_PODS = 10_000;

    @Override
    public String name() {
        return "deployment";
    }

    @Override
    public String description() {
        return "a Deployment to Ready, rolled out, and its namespace deleted, on nodes that pretend"
                + " [--pods 1000,10000 --nodes 1000 --service yes --warm-up 10000]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int nodes = options.number("nodes", 1_000);
        boolean service = !options.text("service", "yes").equals("no");
        Report report = new Report(
                name(),
                "pods",
                "what",
                "seconds",
                "pods/s",
                "CPU-s",
                "of it the JVM",
                "CPU us/pod",
                "heap MiB",
                "writes/pod",
                "still s",
                "by kind");
        String[] sizes = options.text("pods", "1000,10000").split(",");
        int warmUp = options.number("warm-up", WARM_UP_PODS);
        if (warmUp > 0) {
            // Code that is not compiled yet costs several times what it does later, and the compilers as much again.
            measure(warmUp, nodes, service, new Report(name()));
        }
        for (String pods : sizes) {
            measure(Integer.parseInt(pods), nodes, service, report);
        }
        return report;
    }

    private static void measure(int pods, int nodes, boolean service, Report report) {
        try (SystemEnvironment threads = new SystemEnvironment("store");
                CountingStore store =
                        new CountingStore(new MemoryStore(threads.environment().executor()));
                Cluster cluster = Cluster.builder().nodes(0).store(store).start();
                HollowNodes hollow = new HollowNodes(cluster.client())) {
            hollow.add(nodes);
            Client client = cluster.client().inNamespace(NAMESPACE);
            client.create(Namespace.named(NAMESPACE).build());
            if (service) {
                client.create(Service.named(NAME).selects("app", NAME).port(80).build());
            }
            Steps steps =
                    new Steps(pods, nodes, store, client, threads.environment().timers(), report);
            steps.measure("to Ready", () -> {
                client.create(Deployment.named(NAME)
                        .replicas(pods)
                        .container(
                                NAME,
                                "registry.example.com/web:1",
                                container -> container.cpu("10m").memory("16Mi"))
                        .build());
                await(client, status -> status.readyReplicas() == pods && status.updatedReplicas() == pods);
            });
            steps.measure("roll-out", () -> {
                client.deployments().restart(NAME);
                await(
                        client,
                        status -> status.updatedReplicas() == pods
                                && status.replicas() == pods
                                && status.availableReplicas() == pods);
            });
            steps.measure("namespace deleted", () -> {
                client.namespaces().delete(NAMESPACE);
                Waiting.until(
                        "the namespace to go",
                        () -> client.namespaces().find(NAMESPACE).isEmpty());
            });
        }
    }

    private static void await(Client client, Predicate<DeploymentStatus> holds) {
        Waiting.until("the deployment", () -> {
            Deployment now = client.deployments().get(NAME);
            return now.status().observedGeneration() >= now.metadata().generation() && holds.test(now.status());
        });
    }

    /** One after the other, each with what it used. */
    private record Steps(
            int pods, int nodes, CountingStore store, Client client, ScheduledExecutorService timers, Report report) {

        void measure(String what, Runnable step) {
            Map<String, Long> before = store.writes();
            Usage usage = Usage.begin();
            double still;
            try (Stillness stillness = new Stillness(what, this::writesOfStep, this::standing, timers)) {
                step.run();
                still = stillness.longest();
            }
            Usage.Used used = usage.end();
            Map<String, Long> after = store.writes();
            double heap = heapMebibytes();
            StringBuilder kinds = new StringBuilder();
            double writes = 0;
            for (Map.Entry<String, Long> kind : after.entrySet()) {
                long more = kind.getValue() - before.getOrDefault(kind.getKey(), 0L);
                if (!kind.getKey().equals("leases") && more > 0) {
                    writes += more;
                    kinds.append(kind.getKey()).append(' ').append(more).append(' ');
                }
            }
            LOG.info("{} pods {}: {} s, {} CPU-s", pods, what, used.wallSeconds(), used.process());
            double micros = used.process() * 1e6 / pods;
            report.row(
                    pods,
                    what,
                    used.wallSeconds(),
                    pods / used.wallSeconds(),
                    used.process(),
                    used.process() - used.seconds(thread -> true),
                    micros,
                    heap,
                    writes / pods,
                    still,
                    kinds.toString().strip());
            String label = what + " of " + pods + " pods on " + nodes + " nodes";
            report.figure(label + ", seconds", used.wallSeconds());
            report.figure(label + ", CPU-seconds", used.process());
            report.figure(label + ", heap MiB", heap);
            report.figure(label + ", writes per pod", writes / pods);
            report.figure(label + ", longest time without a write, seconds", still);
        }

        /** Leases are renewed whatever happens. */
        private long writesOfStep() {
            return store.writes().entrySet().stream()
                    .filter(kind -> !kind.getKey().equals("leases"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        private String standing() {
            return client.deployments()
                    .find(NAME)
                    .map(found -> found.status().toString())
                    .orElse("there is no deployment");
        }

        private static double heapMebibytes() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024);
        }
    }
}
