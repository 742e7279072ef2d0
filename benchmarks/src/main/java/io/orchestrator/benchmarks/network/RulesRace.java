package io.orchestrator.benchmarks.network;

import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Usage;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * Packet rules beside no rules, over the same path to the same server: requests on connections that stand. In turn with them the one
 * rule without which no kernel leads a connection elsewhere; what that costs is the kernel's, and what ours cost more is ours. The
 * kernel tracks connections in each of the three.
 */
final class RulesRace {
    private static final String TABLE = "orchestrator_bench";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int PORT = 18_181;
    private static final int REQUEST = 128;

    private final SystemEnvironment system;
    private final String path;
    private final String service;
    private final Endpoint server;
    private final DoubleSupplier serversCpu;
    private final HostCommand host = new HostCommand();

    private enum Way {
        STRAIGHT,
        ONE_RULE,
        RULES
    }

    /**
     * Makes one.
     *
     * @param path to the server, in words
     * @param service the address of one
     * @param serversCpu seconds of processor time of the server, where it is another process
     */
    RulesRace(SystemEnvironment system, String path, String service, Endpoint server, DoubleSupplier serversCpu) {
        this.system = system;
        this.path = path;
        this.service = service;
        this.server = server;
        this.serversCpu = serversCpu;
    }

    /** @param perSecond requests @param micros of processor time that each takes, of both sides */
    private record Lap(double perSecond, double micros) {}

    /** @param rounds beside one that warms up */
    void run(Report report, int connections, int rounds, Duration lap) throws Exception {
        Map<Way, List<Lap>> laps = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Way way : Way.values()) {
                Lap one = lap(way, connections, lap);
                if (round > 0) {
                    laps.computeIfAbsent(way, each -> new ArrayList<>()).add(one);
                }
            }
        }
        Map<Way, Lap> medians = new LinkedHashMap<>();
        laps.forEach((way, all) -> {
            Lap median = new Lap(
                    median(all.stream().mapToDouble(Lap::perSecond).toArray()),
                    median(all.stream().mapToDouble(Lap::micros).toArray()));
            medians.put(way, median);
            String name = path + ", "
                    + switch (way) {
                        case STRAIGHT -> "straight";
                        case ONE_RULE -> "one rule";
                        case RULES -> "nftables";
                    };
            report.row(name, connections, median.perSecond, "", "", median.micros);
            report.figure(name + " requests/s, " + connections, median.perSecond);
            report.figure(name + " CPU us, " + connections, median.micros);
        });
        Lap ours = Objects.requireNonNull(medians.get(Way.RULES));
        for (Way peer : List.of(Way.STRAIGHT, Way.ONE_RULE)) {
            Lap theirs = Objects.requireNonNull(medians.get(peer));
            String against = path + ", nftables to " + (peer == Way.STRAIGHT ? "straight" : "one rule") + ", ";
            report.ratio(against + connections, ours.perSecond, theirs.perSecond);
            report.ratio(against + "by CPU, " + connections, theirs.micros, ours.micros);
        }
    }

    private Lap lap(Way way, int connections, Duration time) throws Exception {
        return switch (way) {
            case STRAIGHT -> {
                nft(bare(""));
                yield lap(new InetSocketAddress(server.address(), server.port()), connections, time);
            }
            case ONE_RULE -> {
                nft(bare("ip daddr %s tcp dport %d dnat to %s:%d"
                        .formatted(service, PORT, server.address(), server.port())));
                yield lap(new InetSocketAddress(service, PORT), connections, time);
            }
            case RULES -> {
                nft(none());
                try (ServiceProxy proxy = new NftablesProxy(
                        new UserSpaceProxy(system.environment(), Settings.defaults()),
                        host,
                        TABLE,
                        system.environment().random())) {
                    proxy.apply(new ServiceTable(List.of(new ServicePort(
                            "default",
                            "web",
                            "",
                            List.of(service),
                            PORT,
                            0,
                            "TCP",
                            null,
                            List.of(server),
                            List.of()))));
                    yield lap(new InetSocketAddress(service, PORT), connections, time);
                }
            }
        };
    }

    private Lap lap(InetSocketAddress target, int connections, Duration time) throws Exception {
        Usage usage = Usage.begin();
        double before = serversCpu.getAsDouble();
        EchoLoad load = EchoLoad.run(target, connections, REQUEST, time);
        // Without compilers and collectors, which come when they like.
        double cpu = usage.end().seconds(thread -> true) + serversCpu.getAsDouble() - before;
        nft(none());
        return new Lap(load.perSecond(), cpu * 1e6 / load.answered());
    }

    /** A table with as little as leads a connection elsewhere and back. */
    private static String bare(String rule) {
        return """
                table ip %1$s_bare {
                  chain output {
                    type nat hook output priority -105; policy accept;
                    %2$s
                  }
                  chain postrouting {
                    type nat hook postrouting priority 95; policy accept;
                    oifname != "lo" ct status dnat masquerade
                  }
                }
                """.formatted(TABLE, rule);
    }

    private static String none() {
        return "add table ip %1$s_bare\ndelete table ip %1$s_bare\n".formatted(TABLE);
    }

    private void nft(String script) {
        if (!host.run(List.of("nft", "-f", "-"), script, DEADLINE).succeeded()) {
            throw new IllegalStateException("nft refused " + script);
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
