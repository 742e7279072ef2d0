package io.orchestrator.benchmarks.network;

import com.sun.management.OperatingSystemMXBean;
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
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.nftables.NftablesProxy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
                name(), "proxy", "services", "endpoints", "median ms to new traffic", "worst ms", "CPU at rest %");
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
            double rest = cpuAtRest(Duration.ofSeconds(options.number("seconds", 3)));
            report.row(who, services, endpoints, millis[changes / 2], millis[changes - 1], rest);
            report.figure(who + " median ms to new traffic", millis[changes / 2]);
            report.figure(who + " worst ms to new traffic", millis[changes - 1]);
            report.figure(who + " CPU at rest %", rest);
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

    /** Until a connection to the service is one to this backend. */
    private static void until(InetSocketAddress address, EchoBackend wanted) throws Exception {
        long late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
        long before = wanted.accepted();
        while (System.nanoTime() < late) {
            try (Socket socket = new Socket()) {
                socket.connect(address, 1000);
                socket.setSoTimeout(1000);
                socket.getOutputStream().write('?');
                if (socket.getInputStream().read() == '?' && wanted.accepted() > before) {
                    return;
                }
            } catch (IOException e) {
                // Not served yet.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        throw new IOException("no new traffic within " + LATE_MILLIS + " ms");
    }

    private static double cpuAtRest(Duration length) {
        // What the last change has left to do.
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begun = system.getProcessCpuTime();
        long clock = System.nanoTime();
        LockSupport.parkNanos(length.toNanos());
        return 100.0 * (system.getProcessCpuTime() - begun) / (System.nanoTime() - clock);
    }
}
