package io.orchestrator.benchmarks.network;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.nftables.NftablesProxy;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A service of three endpoints: through each proxy, through HAProxy, and straight to one of them. */
public final class ServiceScenario implements Scenario {
    private static final String HAPROXY = "/usr/sbin/haproxy";
    private static final String TABLE = "orchestrator_bench";
    private static final int PORT = 18_181;
    private static final int REQUEST = 128;
    private static final int BULK = 256 * 1024;

    @Override
    public String name() {
        return "service";
    }

    @Override
    public String description() {
        return "requests through a service: user space beside HAProxy, nftables beside straight [--seconds --rounds, --only rules]";
    }

    @Override
    public Report run(Options options) throws Exception {
        Duration length = Duration.ofSeconds(options.number("seconds", 3));
        Report report = new Report(name(), "through", "connections", "requests/s", "p99 ms", "MB/s in bulk", "CPU us");
        List<EchoBackend> backends = new ArrayList<>();
        try (SystemEnvironment system = new SystemEnvironment("bench")) {
            for (int i = 1; i <= 3; i++) {
                backends.add(new EchoBackend("127.0.0.1"));
            }
            int[] loads = options.text("only", "").equals("rules") ? new int[0] : new int[] {32, 1000};
            for (int connections : loads) {
                // Once to warm up, once to measure.
                for (int round = 0; round < 2; round++) {
                    Duration time = round == 0 ? Duration.ofSeconds(1) : length;
                    Report into = round == 0 ? new Report("warm-up", "") : report;
                    measure(into, system, backends, connections, time);
                }
            }
            if (NftablesProxy.obstacle(new HostCommand(), TABLE).isEmpty()) {
                race(report, system, backends.get(0).endpoint(), options.number("rounds", 3), length);
            }
        } finally {
            for (EchoBackend backend : backends) {
                backend.close();
            }
        }
        return report;
    }

    /** Rules beside straight, in turn, with one server behind both: what more threads cost is no matter of rules. */
    private static void race(Report report, SystemEnvironment system, Endpoint onLoopback, int rounds, Duration length)
            throws Exception {
        Duration lap = length.dividedBy(3);
        try (EchoPod pod = EchoPod.start()) {
            for (int connections : new int[] {32, 1000}) {
                new RulesRace(system, "loopback", "127.201.0.3", onLoopback, () -> 0)
                        .run(report, connections, rounds, lap);
                new RulesRace(system, "pod", EchoPod.SERVICE, pod.endpoint(), pod::cpuSeconds)
                        .run(report, connections, rounds, lap);
            }
        }
    }

    private static void measure(
            Report report, SystemEnvironment system, List<EchoBackend> backends, int connections, Duration time)
            throws Exception {
        load(report, "straight", backends.get(0).address(), connections, time);
        double sockets;
        try (ServiceProxy proxy = new UserSpaceProxy(system.environment(), Settings.defaults())) {
            sockets = load(report, "user space", serve(proxy, "127.201.0.1", backends), connections, time);
        }
        if (NftablesProxy.obstacle(new HostCommand(), TABLE).isEmpty()) {
            try (ServiceProxy proxy = new NftablesProxy(
                    new UserSpaceProxy(system.environment(), Settings.defaults()),
                    new HostCommand(),
                    TABLE,
                    system.environment().random())) {
                load(report, "nftables", serve(proxy, "127.201.0.2", backends), connections, time);
            }
        }
        if (Peer.isThere(HAPROXY)) {
            try (Peer haproxy = Peer.start(configuration(backends), HAPROXY, "-db", "-f", "")) {
                InetSocketAddress address = new InetSocketAddress("127.0.0.1", PORT);
                double theirs = load(report, "HAProxy", address, connections, time);
                report.ratio("user space to HAProxy, " + connections, sockets, theirs);
            }
        }
    }

    private static InetSocketAddress serve(ServiceProxy proxy, String address, List<EchoBackend> backends) {
        proxy.apply(new ServiceTable(List.of(new ServicePort(
                "default",
                "web",
                "",
                List.of(address),
                PORT,
                0,
                "TCP",
                null,
                backends.stream().map(EchoBackend::endpoint).toList(),
                List.of()))));
        return new InetSocketAddress(address, PORT);
    }

    private static double load(Report report, String through, InetSocketAddress target, int connections, Duration time)
            throws Exception {
        EchoLoad small = EchoLoad.run(target, connections, REQUEST, time);
        EchoLoad bulk = EchoLoad.run(target, 8, BULK, time);
        report.row(through, connections, small.perSecond(), small.p99Millis(), bulk.megabytesPerSecond());
        report.figure(through + " requests/s, " + connections, small.perSecond());
        report.figure(through + " p99 ms, " + connections, small.p99Millis());
        report.figure(through + " MB/s, " + connections, bulk.megabytesPerSecond());
        return small.perSecond();
    }

    private static String configuration(List<EchoBackend> backends) {
        String servers = backends.stream()
                .map(backend -> "  server s" + backend.address().getPort() + " 127.0.0.1:"
                        + backend.address().getPort())
                .collect(Collectors.joining("\n"));
        return """
                global
                  maxconn 8000
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                listen service
                  bind 127.0.0.1:%d
                  balance roundrobin
                %s
                """.formatted(PORT, servers);
    }
}
