package io.orchestrator.core.network.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a cluster's DNS answers.
 *
 * @param address where it is asked, at port 53 unless it is said otherwise
 * @param domain such as {@code cluster.local}
 * @param ours which addresses may be those of services, so that nobody else is asked for their names
 * @param upstream who is asked for other names; with nobody, such questions are refused
 * @param patience how long each of those has at each try
 * @param cached the most answers of others that are kept
 * @param idle how long a connection may be silent
 * @param again how long until an address that could not be had is tried again
 */
public record DnsSettings(
        InetSocketAddress address,
        String domain,
        Predicate<InetAddress> ours,
        List<InetSocketAddress> upstream,
        Duration patience,
        int cached,
        Duration idle,
        Duration again) {
    private static final int PORT = 53;
    private static final int CACHED = 10_000;

    public DnsSettings {
        upstream = List.copyOf(upstream);
    }

    /** For this address; asks whom this machine asks. */
    public static DnsSettings at(InetAddress address, String domain, Predicate<InetAddress> ours) {
        return new DnsSettings(
                new InetSocketAddress(address, PORT),
                domain,
                ours,
                ResolverFile.ofThisMachine().serversOtherThan(address),
                Duration.ofMillis(1500),
                CACHED,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    public DnsSettings withAddress(InetSocketAddress address) {
        return new DnsSettings(address, domain, ours, upstream, patience, cached, idle, again);
    }

    public DnsSettings withUpstream(List<InetSocketAddress> upstream, Duration patience) {
        return new DnsSettings(address, domain, ours, upstream, patience, cached, idle, again);
    }

    public DnsSettings withIdle(Duration idle) {
        return new DnsSettings(address, domain, ours, upstream, patience, cached, idle, again);
    }

    public DnsSettings withAgain(Duration again) {
        return new DnsSettings(address, domain, ours, upstream, patience, cached, idle, again);
    }
}
