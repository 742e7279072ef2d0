package io.orchestrator.benchmarks.network;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.nftables.NftablesProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many services with many endpoints: how long it takes from the change of one endpoint until new connections go there, with each
 * proxy, and what the process does while nothing changes.
 */
public final class ServicesScaleScenario implements Scenario {
    private static final String TABLE = "orchestrator_bench";
    private static final int PORT = 80;
    private static final int LATE_MILLIS = 20_000;
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    @Override
    public String name() {
        return "services-scale";
    }

    @Override
    public String description() {
        return "an endpoint's change among many services, and CPU at rest [--services --endpoints --changes --seconds]";
    }

    @Override
    public Report run(Options options) throws Exception {
        Report report = new Report(
                name(),
                "proxy",
                "services",
                "endpoints",
                "median ms to new traffic",
                "worst ms",
                "CPU at rest %",
                "of it threads of Java's");
        Rest bare = Rest.measured(length(options));
        report.row("none: the JVM alone", 0, 0, "", "", bare.process, bare.threads);
        report.figure("JVM alone CPU at rest %", bare.process);
        measure(report, ProxyMode.USER_SPACE, "user space", options);
        if (NftablesProxy.obstacle(new HostCommand(), TABLE).isEmpty()) {
            measure(report, ProxyMode.NFTABLES, "nftables", options);
        }
        return report;
    }

    private static void measure(Report report, ProxyMode mode, String who, Options options) throws Exception {
        int services = options.number("services", 5000);
        int endpoints = options.number("endpoints", 50_000);
        int changes = options.number("changes", 20);
        try (Cluster cluster = Cluster.builder()
                        .nodes(0)
                        .withoutDns()
                        .serviceProxy(mode)
                        .start();
                EchoBackend first = new EchoBackend("127.0.0.1");
                EchoBackend second = new EchoBackend("127.0.0.2")) {
            Client client = cluster.client();
            for (int i = 0; i < services - 1; i++) {
                create(client, "service-" + i, others(i, endpoints / services), 9);
            }
            EchoBackend[] turn = {first, second};
            Service watched = create(
                    client, "watched", List.of(at("127.0.0.1")), first.address().getPort());
            InetSocketAddress address = new InetSocketAddress(watched.spec().clusterIP(), PORT);
            until(address, first);
            double[] millis = new double[changes];
            for (int i = 0; i < changes; i++) {
                EchoBackend next = turn[(i + 1) % 2];
                String host = next.address().getAddress().getHostAddress();
                long begun = System.nanoTime();
                client.resources(EndpointSlice.TYPE)
                        .edit(
                                "watched",
                                slice -> slice(
                                                "watched",
                                                List.of(at(host)),
                                                next.address().getPort())
                                        .withMetadata(slice.metadata()));
                until(address, next);
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            Arrays.sort(millis);
            Rest rest = Rest.measured(length(options));
            report.row(who, services, endpoints, millis[changes / 2], millis[changes - 1], rest.process, rest.threads);
            report.figure(who + " median ms to new traffic", millis[changes / 2]);
            report.figure(who + " worst ms to new traffic", millis[changes - 1]);
            report.figure(who + " CPU at rest %", rest.process);
            report.figure(who + " CPU at rest of threads %", rest.threads);
        }
    }

    private static Service create(Client client, String name, List<Endpoint> endpoints, int port) {
        Service made = client.create(Service.named(name).port(PORT).build());
        client.create(slice(name, endpoints, port));
        return made;
    }

    private static List<Endpoint> others(int service, int count) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            endpoints.add(at("127.12." + service % 250 + "." + (1 + (service / 250 * count + i) % 250)));
        }
        return endpoints;
    }

    private static Endpoint at(String address) {
        return EndpointBuilder.builder().addresses(List.of(address)).build();
    }

    private static EndpointSlice slice(String service, List<Endpoint> endpoints, int port) {
        return EndpointSliceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(service)
                        .labels(Map.of(SERVICE_NAME, service))
                        .build())
                .addressType("IPv4")
                .endpoints(endpoints)
                .ports(List.of(EndpointPortBuilder.builder()
                        .name("")
                        .port(port)
                        .protocol("TCP")
                        .build()))
                .build();
    }

    /**
     * Until a connection to the service is one to this backend. It asks a thousand times in a second: who asks without a pause keeps
     * the few processors of a small machine from what is measured.
     */
    private static void until(InetSocketAddress address, EchoBackend wanted) throws Exception {
        long late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
        long before = wanted.accepted();
        while (System.nanoTime() < late) {
            if (isAnswered(address) && wanted.accepted() > before) {
                return;
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
        throw new IOException("no new traffic within " + LATE_MILLIS + " ms");
    }

    private static boolean isAnswered(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write('?');
            return socket.getInputStream().read() == '?';
        } catch (IOException e) {
            // Not served yet.
            return false;
        }
    }

    private static Duration length(Options options) {
        return Duration.ofSeconds(options.number("seconds", 10));
    }

    /**
     * What is used while nothing changes, in percent of one processor.
     *
     * @param process the JVM's own threads included, which wake up by themselves
     * @param threads those that run Java, and so all that is ours
     */
    private record Rest(double process, double threads) {
        static Rest measured(Duration length) {
            // What the last change has left to do.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            Usage usage = Usage.begin();
            LockSupport.parkNanos(length.toNanos());
            Usage.Used used = usage.end();
            return new Rest(
                    100 * used.process() / used.wallSeconds(), 100 * used.seconds(thread -> true) / used.wallSeconds());
        }
    }
}
