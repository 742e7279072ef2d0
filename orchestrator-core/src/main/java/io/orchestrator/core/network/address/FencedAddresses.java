package io.orchestrator.core.network.address;

import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps packets for addresses of a range that nobody holds on this machine: clients are told at once that there is nobody, where
 * else the packets would leave by the default route and somebody else might answer. By a route of the kind {@code unreachable},
 * which an address that is held goes before, and so does every route that somebody else has laid.
 */
public final class FencedAddresses implements HostAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(FencedAddresses.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** The last that the kernel asks: a route of another's to the same place is neither hidden nor replaced. */
    private static final String METRIC = " metric 4294967295";

    private final HostAddresses within;
    private final String range;
    private final Command command;
    private boolean closed;

    /**
     * Around all that a cluster has claimed.
     *
     * @param within holds its addresses; closed with the fence
     * @param routes of this machine: where one leads into what was claimed, as it may where a cluster elsewhere has chosen it,
     *     nothing is fenced
     */
    public static HostAddresses around(ClusterAddresses claimed, HostAddresses within, HostRoutes routes) {
        return around(claimed, within, routes, new HostCommand());
    }

    static HostAddresses around(ClusterAddresses claimed, HostAddresses within, HostRoutes routes, Command command) {
        String range = claimed.claimedRange();
        String[] parts = range.split("/");
        return routes.cover(parts[0], Integer.parseInt(parts[1]))
                ? within
                : new FencedAddresses(within, range, command);
    }

    FencedAddresses(HostAddresses within, String range, Command command) {
        this.within = within;
        this.range = range;
        this.command = command;
        // What a killed process left is the same.
        route("replace");
    }

    @Override
    public Map<String, String> hold(Set<String> addresses) {
        return within.hold(addresses);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                within.close();
            } finally {
                route("del");
            }
        }
    }

    private void route(String verb) {
        String words = "route " + verb + " unreachable " + range + METRIC;
        try {
            Result result = command.run(List.of("ip", "-force", "-batch", "-"), words + "\n", DEADLINE);
            if (!result.succeeded()) {
                LOG.warn("ip {}: {}", words, result.output().strip());
            }
        } catch (CommandFailure e) {
            LOG.warn("packets for {} are not kept on this machine", range, e);
        }
    }
}
