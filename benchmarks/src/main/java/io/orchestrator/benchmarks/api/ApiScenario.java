package io.orchestrator.benchmarks.api;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * Reads and writes of a usual pod over HTTPS, or in cleartext, HTTP/1.1 with connections that stay. Beside each runs a bare Jetty
 * with the same TLS, or none, that answers with as many bytes, in turn with ours, so that a neighbour's load falls on both.
 */
public final class ApiScenario implements Scenario {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @Override
    public String name() {
        return "api-https";
    }

    @Override
    public String description() {
        return "GET, LIST, POST and PATCH of pods over HTTPS or in cleartext, beside a bare Jetty [--connections"
                + " 1,16,64 --requests --templates --warm-up --rounds --objects --list-warm-up --only --transport"
                + " https|cleartext]";
    }

    @Override
    public Report run(Options options) throws Exception {
        boolean cleartext = options.text("transport", "https").equals("cleartext");
        CertificateAuthority authority = CertificateAuthority.create("bare", Clock.systemUTC(), new SecureRandom());
        try (ServedSides served = new ServedSides();
                BareServer bare = cleartext ? new BareServer() : new BareServer(authority)) {
            Endpoint their = new Endpoint(
                    bare.port(), cleartext ? null : BenchmarkTls.context(authority.certificate(), null), "");
            return new Run(options, served, cleartext, bare, their, name()).measure();
        }
    }

    private static final class Run {
        private final ObjectCodec codec = new ObjectCodec(new Schemas());
        private final Client client;
        private final BareServer bare;
        private final Endpoint our;
        private final Endpoint their;
        private final Report report;
        private final int[] connections;
        private final int requests;
        private final int warmUp;
        private final int rounds;
        private final int objects;
        private final int listWarmUp;
        private final String only;
        private final int templates;
        private int series;

        Run(Options options, ServedSides served, boolean cleartext, BareServer bare, Endpoint their, String name) {
            this.client = served.client();
            this.bare = bare;
            this.our = cleartext ? served.cleartext() : served.secure();
            this.their = their;
            this.connections = Arrays.stream(
                            options.text("connections", "1,16,64").split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            this.requests = options.number("requests", 8_000);
            this.warmUp = options.number("warm-up", 20_000);
            this.rounds = options.number("rounds", 3);
            this.objects = options.number("objects", 10_000);
            this.listWarmUp = options.number("list-warm-up", 15);
            this.only = options.text("only", "");
            this.templates = options.number("templates", 1);
            this.report = new Report(
                    name,
                    "requests",
                    "per second",
                    "CPU µs",
                    "p50 µs",
                    "p99 µs",
                    "bare Jetty",
                    "CPU µs",
                    "ratio",
                    "CPU ratio",
                    "others");
        }

        Report measure() throws Exception {
            byte[] pod = codec.encode(client.create(SamplePods.named("read")));
            report.figure("bytes of a pod", pod.length);
            bare.answers(pod);
            compare("GET", same(our.get(PODS + "/read")));
            IntFunction<LongFunction<byte[]>> creates =
                    SamplePods.creates(our, codec, "load", () -> series++, templates);
            // What a user has written comes back with the account of who set which field.
            try (KeepAliveConnection one = new KeepAliveConnection(our)) {
                int answer = (int) one.exchange(creates.apply(0).apply(0));
                report.figure("bytes of the answer to a write", answer);
                bare.answers(new byte[answer]);
            }
            compare("POST", creates);
            compare("PATCH", patches());
            list();
            return report;
        }

        /** Asks in turn, after as many requests as the compilers of both sides need. */
        private void compare(String what, IntFunction<LongFunction<byte[]>> asked) throws Exception {
            if (!only.isEmpty() && !only.equals(what)) {
                return;
            }
            Load.run(our, 16, warmUp, asked);
            Load.run(their, 16, warmUp, asked);
            for (int each : connections) {
                List<Load.Rate> ours = new ArrayList<>();
                List<Load.Rate> theirs = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    ours.add(Load.run(our, each, requests, asked));
                    theirs.add(Load.run(their, each, requests, asked));
                }
                report(what + " " + each, ours, theirs);
            }
        }

        private void report(String what, List<Load.Rate> ours, List<Load.Rate> theirs) {
            double rate = median(ours, Load.Rate::perSecond);
            double bareRate = median(theirs, Load.Rate::perSecond);
            double cpu = median(ours, Load.Rate::serverMicros);
            double bareCpu = median(theirs, Load.Rate::serverMicros);
            double half = median(ours, Load.Rate::medianMicros);
            double worst = median(ours, Load.Rate::worstMicros);
            double others = median(ours, Load.Rate::others);
            report.row(what, rate, cpu, half, worst, bareRate, bareCpu, rate / bareRate, bareCpu / cpu, others)
                    .figure(what + ", per second", rate)
                    .figure(what + ", CPU µs of the server", cpu)
                    .figure(what + ", CPU µs of the asking side", median(ours, Load.Rate::askingMicros))
                    .figure(
                            what + ", CPU µs of all, compilers and collectors included",
                            median(ours, Load.Rate::wholeMicros))
                    .figure(what + ", p50 µs", half)
                    .figure(what + ", p99 µs", worst)
                    .figure(what + ", CPU µs of bare Jetty", bareCpu)
                    .figure(what + ", processors used by others", others)
                    .ratio(what, rate, bareRate)
                    .ratio(what + ", by CPU", bareCpu, cpu);
        }

        private void list() throws Exception {
            if (!only.isEmpty() && !only.equals("LIST")) {
                return;
            }
            client.create(Namespace.named("lists").build());
            for (int i = 0; i < objects; i++) {
                client.inNamespace("lists").create(SamplePods.named("listed-" + i));
            }
            byte[] request = our.get("/api/v1/namespaces/lists/pods");
            Lists ours = new Lists();
            Lists theirs = new Lists();
            try (KeepAliveConnection one = new KeepAliveConnection(our);
                    KeepAliveConnection two = new KeepAliveConnection(their)) {
                bare.answers(new byte[(int) one.exchange(request)]);
                for (int round = -listWarmUp; round < rounds; round++) {
                    if (round == 0) {
                        ours.forget();
                        theirs.forget();
                    }
                    ours.ask(one, request);
                    theirs.ask(two, request);
                }
            }
            String what = "LIST of " + objects + ", ms";
            double wall = median(ours.millis);
            double bareWall = median(theirs.millis);
            double first = median(ours.fromFirstByte);
            double bareFirst = median(theirs.fromFirstByte);
            report.row(what, wall, median(ours.cpuMillis), "", "", bareWall, median(theirs.cpuMillis), bareWall / wall)
                    .row(what + ", from first byte to last", first, "", "", "", bareFirst, "", bareFirst / first)
                    .figure(what, wall)
                    .figure(what + ", from first byte to last", first)
                    .figure(what + ", CPU of the server", median(ours.cpuMillis))
                    .figure(what + ", bare Jetty", bareWall)
                    .figure(what + ", bare Jetty, from first byte to last", bareFirst)
                    .figure(what + ", CPU of bare Jetty", median(theirs.cpuMillis))
                    .ratio("LIST", bareWall, wall)
                    .ratio("LIST, from first byte to last", bareFirst, first)
                    .ratio("LIST, by CPU", median(theirs.cpuMillis), median(ours.cpuMillis));
        }

        /** What lists took, one after another. */
        private static final class Lists {
            private final List<Double> millis = new ArrayList<>();
            private final List<Double> fromFirstByte = new ArrayList<>();
            private final List<Double> cpuMillis = new ArrayList<>();

            void ask(KeepAliveConnection connection, byte[] request) throws IOException {
                String asking = Thread.currentThread().getName();
                Usage usage = Usage.begin();
                connection.exchange(request);
                fromFirstByte.add((System.nanoTime() - connection.answerBegan()) / 1e6);
                Usage.Used used = usage.end();
                millis.add(used.wallSeconds() * 1e3);
                cpuMillis.add(used.seconds(name -> !name.equals(asking)) * 1e3);
            }

            void forget() {
                millis.clear();
                fromFirstByte.clear();
                cpuMillis.clear();
            }
        }

        private static IntFunction<LongFunction<byte[]>> same(byte[] request) {
            return connection -> number -> request;
        }

        /** Each connection changes an annotation of a pod of its own. */
        private IntFunction<LongFunction<byte[]>> patches() {
            return connection -> {
                String name = "patched-" + series++;
                client.create(SamplePods.named(name));
                return number -> our.request(
                        "PATCH",
                        PODS + "/" + name,
                        "application/merge-patch+json",
                        ("{\"metadata\":{\"annotations\":{\"count\":\"" + number + "\"}}}")
                                .getBytes(StandardCharsets.UTF_8));
            };
        }

        private static double median(List<Load.Rate> rates, ToDoubleFunction<Load.Rate> what) {
            return median(rates.stream().mapToDouble(what).toArray());
        }

        private static double median(List<Double> values) {
            return median(values.stream().mapToDouble(Double::doubleValue).toArray());
        }

        private static double median(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }
}
