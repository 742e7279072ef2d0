package io.orchestrator.benchmarks.api;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.FrontDoor;
import io.orchestrator.core.schema.Schemas;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Beside what Java developers test against today: fabric8's mock server in its CRUD mode. Ours over HTTPS, the mock in cleartext; in
 * turn, in one process, by the same clients.
 */
public final class MockServerScenario implements Scenario {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final long PATIENCE_SECONDS = 30;

    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private int series;

    @Override
    public String name() {
        return "api-mock";
    }

    @Override
    public String description() {
        return "creates, gets, patches and write to watch event, beside fabric8's mock server in CRUD mode"
                + " [--connections --requests --warm-up --rounds --events]";
    }

    @Override
    public Report run(Options options) throws Exception {
        // It tells of each request, which is no part of what it does.
        Logger telling = Logger.getLogger("io.fabric8.mockwebserver");
        telling.setLevel(Level.OFF);
        KubernetesMockServer mock = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        mock.init();
        try (Cluster cluster =
                Cluster.builder().nodes(0).apiServer(ApiServer.onPort(0)).start()) {
            FrontDoor.Opened door = cluster.apiServer().orElseThrow();
            Kubeconfig kubeconfig = door.adminKubeconfig();
            Endpoint our = new Endpoint(
                    URI.create(door.url()).getPort(),
                    BenchmarkTls.context(BenchmarkTls.certificate(kubeconfig.authorityPem()), kubeconfig.identity()),
                    "");
            Endpoint their = new Endpoint(mock.getPort(), null, "");
            Report report =
                    new Report(name(), "what", "per second", "CPU µs", "mock server", "CPU µs", "ratio", "others");
            compare(options, our, their, report);
            Config mocked = new ConfigBuilder()
                    .withMasterUrl("http://localhost:" + mock.getPort())
                    .withNamespace("default")
                    .build();
            events(options, Config.fromKubeconfig(kubeconfig.toYaml()), mocked, report);
            return report;
        } finally {
            mock.destroy();
        }
    }

    private void compare(Options options, Endpoint our, Endpoint their, Report report) throws Exception {
        int connections = options.number("connections", 16);
        int requests = options.number("requests", 1_000);
        int warmUp = options.number("warm-up", 1_000);
        int rounds = options.number("rounds", 3);
        String json = new String(SamplePods.json(codec, "NAME"), StandardCharsets.UTF_8);
        for (String what : List.of("POST", "GET", "PATCH")) {
            IntFunction<LongFunction<byte[]>> asked = connection -> {
                String name = what.toLowerCase(java.util.Locale.ROOT) + "-" + series++;
                return number -> request(what, our, json, name, number);
            };
            Load.run(our, connections, warmUp, asked);
            Load.run(their, connections, warmUp, asked);
            List<Load.Rate> ours = new ArrayList<>();
            List<Load.Rate> theirs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ours.add(Load.run(our, connections, requests, asked));
                theirs.add(Load.run(their, connections, requests, asked));
            }
            double rate = median(ours, Load.Rate::perSecond);
            double mock = median(theirs, Load.Rate::perSecond);
            double cpu = median(ours, Load.Rate::serverMicros);
            double mockCpu = median(theirs, Load.Rate::serverMicros);
            double others = median(ours, Load.Rate::others);
            report.row(what + " " + connections, rate, cpu, mock, mockCpu, rate / mock, others)
                    .figure(what + ", per second", rate)
                    .figure(what + ", per second of the mock server", mock)
                    .figure(what + ", CPU µs of the server", cpu)
                    .figure(what + ", CPU µs of the mock server", mockCpu)
                    .figure(what + ", processors used by others", others)
                    .ratio(what, rate, mock)
                    .ratio(what + ", by CPU", mockCpu, cpu);
        }
    }

    /** The first request of a connection makes the pod that the others are about. */
    private static byte[] request(String what, Endpoint endpoint, String json, String name, long number) {
        boolean creates = what.equals("POST") || number == 0;
        if (creates) {
            String created = what.equals("POST") ? name + "-" + number : name;
            return endpoint.request(
                    "POST",
                    PODS,
                    "application/json",
                    json.replace("\"NAME\"", "\"" + created + "\"").getBytes(StandardCharsets.UTF_8));
        }
        return what.equals("GET")
                ? endpoint.get(PODS + "/" + name)
                : endpoint.request(
                        "PATCH",
                        PODS + "/" + name,
                        "application/merge-patch+json",
                        ("{\"metadata\":{\"annotations\":{\"count\":\"" + number + "\"}}}")
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static double median(List<Load.Rate> rates, ToDoubleFunction<Load.Rate> what) {
        double[] sorted = rates.stream().mapToDouble(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void events(Options options, Config our, Config their, Report report) throws InterruptedException {
        int events = options.number("events", 200);
        double[] ours = lags(our, events);
        double[] theirs = lags(their, events);
        report.row("write to watch event, p50 ms", ours[0], "", theirs[0], "", theirs[0] / ours[0], "")
                .row("write to watch event, p99 ms", ours[1], "", theirs[1], "", theirs[1] / ours[1], "")
                .figure("write to watch event, p50 ms", ours[0])
                .figure("write to watch event, p99 ms", ours[1])
                .figure("write to watch event of the mock server, p50 ms", theirs[0])
                .figure("write to watch event of the mock server, p99 ms", theirs[1])
                .ratio("write to watch event, p50", theirs[0], ours[0]);
    }

    /** From before a create until its event is there, by fabric8's client. */
    private static double[] lags(Config config, int events) throws InterruptedException {
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Semaphore seen = new Semaphore(0);
            double[] millis = new double[events];
            try (Watch ignored =
                    client.pods().inNamespace("default").withLabel("lag").watch(counting(seen))) {
                for (int i = -events; i < events; i++) {
                    Pod pod = new PodBuilder()
                            .withNewMetadata()
                            .withName("lag-" + (i + events))
                            .addToLabels("lag", "yes")
                            .endMetadata()
                            .withNewSpec()
                            .withSchedulerName("nobody")
                            .addNewContainer()
                            .withName("web")
                            .withImage("nginx:1.27")
                            .endContainer()
                            .endSpec()
                            .build();
                    long begun = System.nanoTime();
                    client.pods().inNamespace("default").resource(pod).create();
                    if (!seen.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("an event is missing");
                    }
                    millis[Math.max(0, i)] = (System.nanoTime() - begun) / 1e6;
                }
            }
            Arrays.sort(millis);
            return new double[] {millis[events / 2], millis[(int) (events * 0.99)]};
        }
    }

    private static Watcher<Pod> counting(Semaphore seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                if (action == Action.ADDED) {
                    seen.release();
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("the watch has ended", cause);
            }
        };
    }
}
