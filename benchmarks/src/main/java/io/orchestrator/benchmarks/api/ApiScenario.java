package io.orchestrator.benchmarks.api;

import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.FrontDoor;
import io.orchestrator.core.schema.Schemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of a usual pod over HTTPS, HTTP/1.1 with connections that stay. Beside each runs a bare Jetty with the same
 * TLS that answers with as many bytes, in turn with ours, so that a neighbour's load falls on both.
 */
public final class ApiScenario implements Scenario {
    private static final char[] PASSWORD = "benchmark".toCharArray();
    private static final int LIST_WARM_UP = 5;
    private static final byte[] NOTHING = {};
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @Override
    public String name() {
        return "api-https";
    }

    @Override
    public String description() {
        return "GET, LIST, POST and PATCH of pods over HTTPS, beside a bare Jetty"
                + " [--connections --seconds --rounds --objects --only]";
    }

    @Override
    public Report run(Options options) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("bare", Clock.systemUTC(), new SecureRandom());
        try (Cluster cluster = Cluster.builder()
                        .nodes(0)
                        .apiServer(ApiServer.onPort(0))
                        .start();
                BareServer bare = new BareServer(authority)) {
            return new Run(options, cluster, bare, authority, name()).measure();
        }
    }

    private static final class Run {
        private final ObjectCodec codec = new ObjectCodec(new Schemas());
        private final Cluster cluster;
        private final BareServer bare;
        private final FrontDoor.Opened door;
        private final SSLContext tls;
        private final SSLContext trusting;
        private final Report report;
        private final int connections;
        private final double seconds;
        private final int rounds;
        private final int objects;
        private final String only;
        private int series;

        Run(Options options, Cluster cluster, BareServer bare, CertificateAuthority authority, String name)
                throws Exception {
            this.cluster = cluster;
            this.bare = bare;
            this.door = cluster.apiServer().orElseThrow();
            Kubeconfig kubeconfig = door.adminKubeconfig();
            this.tls = tls(certificate(kubeconfig.authorityPem()), kubeconfig.identity());
            this.trusting = tls(authority.certificate(), null);
            this.connections = options.number("connections", 16);
            this.seconds = options.number("seconds", 3);
            this.rounds = options.number("rounds", 3);
            this.objects = options.number("objects", 10_000);
            this.only = options.text("only", "");
            this.report = new Report(name, "per second", "ours", "per CPU-s", "bare Jetty", "per CPU-s", "ratio");
        }

        Report measure() throws Exception {
            byte[] pod = codec.encode(cluster.client().create(SamplePods.named("read")));
            report.figure("bytes of a pod", pod.length).figure("connections", connections);
            bare.answers(pod);
            compare("GET", same(KeepAliveConnection.request("GET", PODS + "/read", "", NOTHING)));
            list();
            bare.answers(pod);
            compare("POST", creates(SamplePods.json(codec, "NAME")));
            compare("PATCH", patches());
            return report;
        }

        /** Asks in turn; the first round is to warm up. */
        private void compare(String what, IntFunction<LongFunction<byte[]>> requests) throws Exception {
            if (!only.isEmpty() && !only.equals(what)) {
                return;
            }
            List<Load.Rate> ours = new ArrayList<>();
            List<Load.Rate> theirs = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                Load.Rate our = Load.run(tls, ourPort(), connections, seconds, requests);
                Load.Rate their = Load.run(trusting, bare.port(), connections, seconds, requests);
                if (round > 0) {
                    ours.add(our);
                    theirs.add(their);
                }
            }
            double our = median(ours, Load.Rate::perSecond);
            double their = median(theirs, Load.Rate::perSecond);
            double ourCpu = median(ours, Load.Rate::perCpuSecond);
            double theirCpu = median(theirs, Load.Rate::perCpuSecond);
            report.row(what, our, ourCpu, their, theirCpu, our / their)
                    .figure(what, our)
                    .figure(what + " (bare Jetty)", their)
                    .ratio(what, our, their)
                    .ratio(what + " per CPU-second", ourCpu, theirCpu);
        }

        private void list() throws Exception {
            if (!only.isEmpty() && !only.equals("LIST")) {
                return;
            }
            cluster.client().create(Namespace.named("lists").build());
            for (int i = 0; i < objects; i++) {
                cluster.client().inNamespace("lists").create(SamplePods.named("listed-" + i));
            }
            byte[] request = KeepAliveConnection.request("GET", "/api/v1/namespaces/lists/pods", "", NOTHING);
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            try (KeepAliveConnection our = new KeepAliveConnection(tls, ourPort());
                    KeepAliveConnection their = new KeepAliveConnection(trusting, bare.port())) {
                bare.answers(new byte[(int) our.exchange(request)]);
                for (int round = -LIST_WARM_UP; round < rounds; round++) {
                    double first = millis(our, request);
                    double second = millis(their, request);
                    if (round >= 0) {
                        ours[round] = first;
                        theirs[round] = second;
                    }
                }
            }
            Arrays.sort(ours);
            Arrays.sort(theirs);
            double our = ours[rounds / 2];
            double their = theirs[rounds / 2];
            report.row("LIST of " + objects + ", ms", our, "", their, "", their / our)
                    .figure("LIST, ms", our)
                    .figure("LIST, ms (bare Jetty)", their)
                    .ratio("LIST", their, our);
        }

        private static double millis(KeepAliveConnection connection, byte[] request) throws IOException {
            long begun = System.nanoTime();
            connection.exchange(request);
            return (System.nanoTime() - begun) / 1e6;
        }

        private int ourPort() {
            return URI.create(door.url()).getPort();
        }

        private static IntFunction<LongFunction<byte[]>> same(byte[] request) {
            return connection -> number -> request;
        }

        /** A pod of another name each time. */
        private IntFunction<LongFunction<byte[]>> creates(byte[] template) {
            String json = new String(template, StandardCharsets.UTF_8);
            return connection -> {
                String prefix = "load-" + series++ + "-";
                return number -> KeepAliveConnection.request(
                        "POST",
                        PODS,
                        "application/json",
                        json.replace("\"NAME\"", "\"" + prefix + number + "\"").getBytes(StandardCharsets.UTF_8));
            };
        }

        /** Each connection changes an annotation of a pod of its own. */
        private IntFunction<LongFunction<byte[]>> patches() {
            return connection -> {
                String name = "patched-" + series++;
                cluster.client().create(SamplePods.named(name));
                return number -> KeepAliveConnection.request(
                        "PATCH",
                        PODS + "/" + name,
                        "application/merge-patch+json",
                        ("{\"metadata\":{\"annotations\":{\"count\":\"" + number + "\"}}}")
                                .getBytes(StandardCharsets.UTF_8));
            };
        }

        private static double median(List<Load.Rate> rates, ToDoubleFunction<Load.Rate> what) {
            double[] sorted = rates.stream().mapToDouble(what).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    /** Trusts the authority and shows the identity. */
    private static SSLContext tls(X509Certificate authority, @Nullable Identity identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity == null ? null : identity.keyStore(PASSWORD, authority), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
