package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.Balancing;
import java.time.Duration;
import java.util.List;

/**
 * How a user-space proxy behaves.
 *
 * @param nodeAddresses the addresses on which node ports are served; {@code 0.0.0.0} for all of this machine
 * @param loops how many selector loops share the connections
 * @param connectTimeout how long one endpoint may take to accept before the next is tried
 * @param balancing which endpoint a new connection gets
 * @param udpIdle how long a UDP client keeps its endpoint without a datagram in either direction
 */
public record Settings(
        List<String> nodeAddresses, int loops, Duration connectTimeout, Balancing balancing, Duration udpIdle) {
    private static final int MOST_LOOPS = 4;

    public Settings {
        nodeAddresses = List.copyOf(nodeAddresses);
        if (loops < 1) {
            throw new IllegalArgumentException("a proxy needs a loop");
        }
    }

    /** Node ports on all addresses, and as many loops as processors, up to four. */
    public static Settings defaults() {
        int loops = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        return new Settings(
                List.of("0.0.0.0"), loops, Duration.ofSeconds(3), Balancing.ROUND_ROBIN, Duration.ofMinutes(1));
    }

    public Settings withNodeAddresses(List<String> nodeAddresses) {
        return new Settings(nodeAddresses, loops, connectTimeout, balancing, udpIdle);
    }

    public Settings withUdpIdle(Duration udpIdle) {
        return new Settings(nodeAddresses, loops, connectTimeout, balancing, udpIdle);
    }

    public Settings withConnectTimeout(Duration connectTimeout) {
        return new Settings(nodeAddresses, loops, connectTimeout, balancing, udpIdle);
    }

    public Settings withBalancing(Balancing balancing) {
        return new Settings(nodeAddresses, loops, connectTimeout, balancing, udpIdle);
    }
}
