package io.orchestrator.benchmarks.api;

import com.sun.management.ThreadMXBean;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.registry.StoredObject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * What it costs to create a pod, step by step and without HTTP: decoding its body, the way through admission, validation, field
 * ownership and store, encoding the answer. Then how long creates over HTTPS take that come at a steady rate, beside a bare Jetty
 * that is asked the same.
 */
public final class CreateScenario implements Scenario {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private int series;

    @Override
    public String name() {
        return "api-create";
    }

    @Override
    public String description() {
        return "creating pods: each step in process, and over HTTPS at a steady rate"
                + " [--creates --warm-up --rounds --templates --rate --seconds --connections --http-warm-up]";
    }

    @Override
    public Report run(Options options) throws Exception {
        Report report = new Report(
                name(), "what", "CPU µs or per second", "p50 µs", "p99 µs", "bare Jetty", "others", "garbage, bytes");
        inProcess(options, report);
        int rate = options.number("rate", 5_000);
        if (rate > 0) {
            steadily(options, rate, report);
        }
        return report;
    }

    private static void inProcess(Options options, Report report) {
        int creates = options.number("creates", 20_000);
        int warmUp = options.number("warm-up", 60_000);
        int rounds = options.number("rounds", 3);
        int templates = options.number("templates", 1);
        for (int left = warmUp; left > 0; left -= creates) {
            round(Math.min(creates, left), templates);
        }
        Steps best = round(creates, templates);
        for (int i = 1; i < rounds; i++) {
            Steps next = round(creates, templates);
            best = next.sum() < best.sum() ? next : best;
        }
        report.row("decode the body", best.decode(), "", "", "", best.others(), best.garbage()[0])
                .row("create in the registry", best.create(), "", "", "", "", best.garbage()[1])
                .row("encode the answer", best.encode(), "", "", "", "", best.garbage()[2])
                .row("in process, per CPU-second", 1e6 / best.sum(), "", "", "", "", "")
                .row("in process on one thread, per second", best.perSecond(), "", "", "", "", "")
                .figure("templates", templates)
                .figure("decode, bytes allocated", best.garbage()[0])
                .figure("create, bytes allocated", best.garbage()[1])
                .figure("encode, bytes allocated", best.garbage()[2])
                .figure("bytes of the body", best.bodyBytes())
                .figure("bytes of the answer", best.answerBytes())
                .figure("decode, CPU µs", best.decode())
                .figure("create, CPU µs", best.create())
                .figure("encode, CPU µs", best.encode())
                .figure("in process, per CPU-second", 1e6 / best.sum())
                .figure("in process on one thread, per second", best.perSecond())
                .figure("in process, processors used by others", best.others());
    }

    /**
     * @param decode processor time by create, in microseconds, as are the others
     * @param garbage bytes that each step has allocated by create, what stays included: the same on every machine
     */
    private record Steps(
            double decode,
            double create,
            double encode,
            double perSecond,
            double others,
            int bodyBytes,
            int answerBytes,
            long[] garbage) {
        double sum() {
            return decode + create + encode;
        }
    }

    /** Of a registry that has no pods at first. */
    private static Steps round(int creates, int templates) {
        try (InProcessRegistry own = new InProcessRegistry()) {
            Target<Pod> pods = Target.collection(Pod.TYPE, "default");
            byte[] body = SamplePods.json(own.codec, "pod-0000000");
            int digits = new String(body, StandardCharsets.UTF_8).indexOf("pod-0000000") + "pod-".length();
            int templateDigits = SamplePods.templateDigits(body);
            long[] garbage = new long[3];
            long decode = 0;
            long create = 0;
            long encode = 0;
            int answer = 0;
            Usage usage = Usage.begin();
            for (int i = 0; i < creates; i++) {
                SamplePods.digits(body, digits, i);
                SamplePods.digits(body, templateDigits, templates == 0 ? i : i % templates);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long begun = THREADS.getCurrentThreadCpuTime();
                Pod pod = own.codec.decode(body, Pod.class);
                long decoded = THREADS.getCurrentThreadCpuTime();
                long afterDecode = THREADS.getCurrentThreadAllocatedBytes();
                StoredObject created = own.registry.create(pods, pod, WriteOptions.defaults(), InProcessRegistry.USER);
                long written = THREADS.getCurrentThreadCpuTime();
                long afterCreate = THREADS.getCurrentThreadAllocatedBytes();
                answer = created.json().length();
                long encoded = THREADS.getCurrentThreadCpuTime();
                long afterEncode = THREADS.getCurrentThreadAllocatedBytes();
                garbage[0] += afterDecode - before;
                garbage[1] += afterCreate - afterDecode;
                garbage[2] += afterEncode - afterCreate;
                decode += decoded - begun;
                create += written - decoded;
                encode += encoded - written;
            }
            Usage.Used used = usage.end();
            double thousand = creates * 1e3;
            return new Steps(
                    decode / thousand,
                    create / thousand,
                    encode / thousand,
                    creates / used.wallSeconds(),
                    used.others(),
                    body.length,
                    answer,
                    new long[] {garbage[0] / creates, garbage[1] / creates, garbage[2] / creates});
        }
    }

    private void steadily(Options options, int rate, Report report) throws Exception {
        int seconds = options.number("seconds", 10);
        int connections = options.number("connections", 64);
        CertificateAuthority authority = CertificateAuthority.create("bare", Clock.systemUTC(), new SecureRandom());
        try (Cluster cluster = Cluster.builder()
                        .nodes(0)
                        .apiServer(ApiServer.onPort(0))
                        .start();
                BareServer bare = new BareServer(authority);
                InProcessRegistry own = new InProcessRegistry()) {
            Kubeconfig kubeconfig = cluster.apiServer().orElseThrow().adminKubeconfig();
            Endpoint our = new Endpoint(
                    URI.create(cluster.apiServer().orElseThrow().url()).getPort(),
                    BenchmarkTls.context(BenchmarkTls.certificate(kubeconfig.authorityPem()), kubeconfig.identity()),
                    "");
            Endpoint their = new Endpoint(bare.port(), BenchmarkTls.context(authority.certificate(), null), "");
            bare.answers(own.codec.encode(cluster.client().create(SamplePods.named("answer"))));
            IntFunction<LongFunction<byte[]>> asked =
                    SamplePods.creates(our, own.codec, "steady", () -> series++, options.number("templates", 1));
            int warmUp = options.number("http-warm-up", 30_000);
            Load.run(our, 16, warmUp, asked);
            Load.run(their, 16, warmUp, asked);
            Load.Rate ours = SteadyLoad.run(our, connections, rate, seconds, asked);
            Load.Rate theirs = SteadyLoad.run(their, connections, rate, seconds, asked);
            row("POST over HTTPS, due " + rate + "/s", report, ours, theirs);
        }
    }

    private static void row(String what, Report report, Load.Rate ours, Load.Rate theirs) {
        report.row(
                        what,
                        ours.perSecond(),
                        ours.medianMicros(),
                        ours.worstMicros(),
                        theirs.worstMicros(),
                        ours.others(),
                        "")
                .figure(what + ", answered per second", ours.perSecond())
                .figure(what + ", p50 µs", ours.medianMicros())
                .figure(what + ", p99 µs", ours.worstMicros())
                .figure(what + ", CPU µs of the server", ours.serverMicros())
                .figure(what + ", CPU µs of the asking side", ours.askingMicros())
                .figure(what + ", CPU µs of all, compilers and collectors included", ours.wholeMicros())
                .figure(what + ", bare Jetty p50 µs", theirs.medianMicros())
                .figure(what + ", bare Jetty p99 µs", theirs.worstMicros())
                .figure(what + ", CPU µs of bare Jetty", theirs.serverMicros())
                .figure(what + ", processors used by others", ours.others())
                .ratio(what + ", p99", theirs.worstMicros(), ours.worstMicros());
    }
}
