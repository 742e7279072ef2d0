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
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Beside what Java developers test against today: fabric8's mock server in its CRUD mode. Both in cleartext, in turn, in one
 * process, by the same clients. The mock looks through all that it has for each request, so at first there are never more objects
 * than {@code --objects}: each round creates as many, and deletes them unmeasured. Rounds follow one another until a time is up.
 *
 * <p>Then both have as many as {@code --standing} says, one number after the other, and more are created on top of them. The mock is
 * given those in its own process and without HTTP, as it would take minutes; ours are created, and never fewer.
 */
public final class MockServerScenario implements Scenario {
    private static final long PATIENCE_SECONDS = 30;
    /** Creates of one round where many pods are already. */
    private static final int ON_TOP = 1_000;

    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private int series;

    @Override
    public String name() {
        return "api-mock";
    }

    @Override
    public String description() {
        return "creates, gets, patches and write to watch event, beside fabric8's mock server in CRUD mode"
                + " [--connections --objects --standing 1000,10000 --warm-up-seconds --seconds --events]";
    }

    @Override
    public Report run(Options options) throws Exception {
        // It tells of each request, which is no part of what it does.
        Logger telling = Logger.getLogger("io.fabric8.mockwebserver");
        telling.setLevel(Level.OFF);
        KubernetesCrudDispatcher mocked = new KubernetesCrudDispatcher();
        KubernetesMockServer mock =
                new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), mocked, false);
        mock.init();
        try (ServedSides served = new ServedSides()) {
            Endpoint our = served.cleartext();
            Endpoint their = new Endpoint(mock.getPort(), null, "");
            Report report =
                    new Report(name(), "what", "per second", "CPU µs", "mock server", "CPU µs", "ratio", "others");
            compare(options, our, their, report);
            events(options, config(our), config(their), report);
            onTop(options, our, their, mocked, report);
            return report;
        } finally {
            mock.destroy();
        }
    }

    private static Config config(Endpoint endpoint) {
        return new ConfigBuilder()
                .withMasterUrl("http://localhost:" + endpoint.port())
                .withOauthToken(endpoint.token())
                .withNamespace("default")
                .build();
    }

    private void compare(Options options, Endpoint our, Endpoint their, Report report) throws Exception {
        int connections = options.number("connections", 16);
        int objects = options.number("objects", 256);
        int warmUp = options.number("warm-up-seconds", 10);
        int seconds = options.number("seconds", 8);
        report.figure("objects at most", objects);
        for (String what : List.of("POST", "GET", "PATCH")) {
            Rounds ours = new Rounds(what, our, connections, objects);
            Rounds theirs = new Rounds(what, their, connections, objects);
            // What reads and patches need is compiled by half when they come.
            int warm = what.equals("POST") ? warmUp : (warmUp + 1) / 2;
            ours.last(warm);
            theirs.last(warm);
            ours.forget();
            theirs.forget();
            for (long end = in(seconds); System.nanoTime() < end; ) {
                ours.one();
                theirs.one();
            }
            tell(report, what, what + " " + connections, ours, theirs);
        }
    }

    /** Creates where so many pods are already. */
    private void onTop(Options options, Endpoint our, Endpoint their, KubernetesCrudDispatcher mocked, Report report)
            throws Exception {
        int connections = options.number("connections", 16);
        int seconds = options.number("seconds", 8);
        int[] standing = Arrays.stream(options.text("standing", "1000,10000").split(","))
                .filter(number -> !number.isBlank())
                .mapToInt(Integer::parseInt)
                .toArray();
        String json = new String(SamplePods.json(codec, "NAME"), StandardCharsets.UTF_8);
        int filled = 0;
        for (int wanted : standing) {
            Rounds ours = new Rounds("POST", our, connections, Math.max(connections, wanted - filled));
            ours.kept();
            ours.forget();
            for (; filled < wanted; filled++) {
                mocked.handleCreate(SamplePods.PATH, json.replace("\"NAME\"", "\"standing-" + filled + "\""));
            }
            Rounds more = new Rounds("POST", our, connections, ON_TOP);
            Rounds theirs = new Rounds("POST", their, connections, connections * 2);
            for (long end = in(seconds); System.nanoTime() < end; ) {
                more.kept();
                theirs.kept();
            }
            String what = "POST on top of " + wanted;
            tell(report, what, what, more, theirs);
        }
    }

    private static void tell(Report report, String what, String row, Rounds ours, Rounds theirs) {
        double rate = ours.median(Load.Rate::perSecond);
        double mock = theirs.median(Load.Rate::perSecond);
        double cpu = ours.median(Load.Rate::serverMicros);
        double mockCpu = theirs.median(Load.Rate::serverMicros);
        double others = ours.median(Load.Rate::others);
        report.row(row, rate, cpu, mock, mockCpu, rate / mock, others)
                .figure(what + ", per second", rate)
                .figure(what + ", per second of the mock server", mock)
                .figure(what + ", CPU µs of the server", cpu)
                .figure(what + ", CPU µs of the mock server", mockCpu)
                .figure(what + ", processors used by others", others)
                .ratio(what, rate, mock)
                .ratio(what + ", by CPU", mockCpu, cpu);
    }

    private static long in(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** One kind of request to one server, round after round. */
    private final class Rounds {
        private final String what;
        private final Endpoint endpoint;
        private final int connections;
        private final int objects;
        private final String json;
        private final List<Load.Rate> rates = new ArrayList<>();

        Rounds(String what, Endpoint endpoint, int connections, int objects) {
            this.what = what;
            this.endpoint = endpoint;
            this.connections = connections;
            this.objects = objects;
            this.json = new String(SamplePods.json(codec, "NAME"), StandardCharsets.UTF_8);
        }

        void last(int seconds) throws Exception {
            for (long end = in(seconds); System.nanoTime() < end; ) {
                one();
            }
        }

        void forget() {
            rates.clear();
        }

        double median(ToDoubleFunction<Load.Rate> figure) {
            double[] sorted = rates.stream().mapToDouble(figure).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        /** As many creates, all of which stay. */
        void kept() throws Exception {
            String prefix = "kept-" + series++ + "-";
            rates.add(Load.run(endpoint, connections, objects, own -> number -> create(prefix + own + "-" + number)));
        }

        /** As many requests as there are objects at its end, when all of them go. */
        void one() throws Exception {
            String prefix = what.toLowerCase(Locale.ROOT) + "-" + series++ + "-";
            boolean creating = what.equals("POST");
            if (!creating) {
                Load.run(endpoint, connections, objects, own -> number -> create(prefix + own + "-" + number));
            }
            IntFunction<LongFunction<byte[]>> asked = own -> number ->
                    creating ? create(prefix + own + "-" + number) : request(prefix + own + "-" + number, series);
            rates.add(Load.run(endpoint, connections, objects, asked));
            deleteAll();
        }

        private byte[] create(String name) {
            return endpoint.request(
                    "POST",
                    SamplePods.PATH,
                    "application/json",
                    json.replace("\"NAME\"", "\"" + name + "\"").getBytes(StandardCharsets.UTF_8));
        }

        private byte[] request(String name, int value) {
            return what.equals("GET")
                    ? endpoint.get(SamplePods.PATH + "/" + name)
                    : endpoint.request(
                            "PATCH",
                            SamplePods.PATH + "/" + name,
                            "application/merge-patch+json",
                            ("{\"metadata\":{\"annotations\":{\"count\":\"" + value + "\"}}}")
                                    .getBytes(StandardCharsets.UTF_8));
        }

        private void deleteAll() throws IOException {
            try (KeepAliveConnection one = new KeepAliveConnection(endpoint)) {
                one.exchange(endpoint.request("DELETE", SamplePods.PATH, "", new byte[0]));
            }
        }
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
                    client.pods().inNamespace("default").resource(pod).delete();
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
