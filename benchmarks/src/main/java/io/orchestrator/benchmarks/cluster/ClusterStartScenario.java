package io.orchestrator.benchmarks.cluster;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * From nothing to the first object created, in a warm JVM. The limit beside it is what no HTTPS server can do without: an
 * authority, a certificate, and the JDK's own server on a port.
 */
public final class ClusterStartScenario implements Scenario {
    private static final char[] PASSWORD = "benchmark".toCharArray();

    @Override
    public String name() {
        return "cluster-start";
    }

    @Override
    public String description() {
        return "start of a cluster to the first create, beside a bare HTTPS server's [--runs --nodes]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int runs = options.number("runs", 15);
        int nodes = options.number("nodes", 3);
        int warmUp = Math.max(3, runs / 3);
        double[] inProcess = new double[runs];
        double[] served = new double[runs];
        double[] bare = new double[runs];
        // In turn, so that a neighbour's load falls on all three alike.
        for (int i = -warmUp; i < runs; i++) {
            double first = start(builder(nodes));
            double second = start(builder(nodes).apiServer(ApiServer.onPort(0)));
            double third = bareServer();
            if (i >= 0) {
                inProcess[i] = first;
                served[i] = second;
                bare[i] = third;
            }
        }
        Report report = new Report(name(), "milliseconds", "median", "best", "worst");
        row(report, "in process", inProcess);
        row(report, "with the API server", served);
        row(report, "bare HTTPS server", bare);
        return report.ratio("bare HTTPS server's time to ours with the API server", median(bare), median(served));
    }

    private static ClusterBuilder builder(int nodes) {
        return Cluster.builder().nodes(nodes).runtime(environment -> new SimulatedRuntime(environment).withAllImages());
    }

    /** Milliseconds to the first create; the close is not counted. */
    private static double start(ClusterBuilder builder) {
        long begun = System.nanoTime();
        try (Cluster cluster = builder.start()) {
            cluster.client()
                    .create(ConfigMap.named("first").data("key", "value").build());
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    private static double bareServer() throws Exception {
        long begun = System.nanoTime();
        CertificateAuthority authority = CertificateAuthority.create("bare", Clock.systemUTC(), new SecureRandom());
        KeyStore keys = authority
                .issueServer(List.of("localhost"), List.of("127.0.0.1"))
                .keyStore(PASSWORD, authority.certificate());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        double millis = (System.nanoTime() - begun) / 1e6;
        server.stop(0);
        return millis;
    }

    private static void row(Report report, String what, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        report.row(what, median(millis), sorted[0], sorted[sorted.length - 1]).figure(what, median(millis));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
