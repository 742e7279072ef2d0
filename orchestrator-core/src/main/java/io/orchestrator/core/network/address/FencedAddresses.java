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
 * which an address that is held goes before.
 */
public final class FencedAddresses implements HostAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(FencedAddresses.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HostAddresses within;
    private final List<String> ranges;
    private final Command command;
    private boolean closed;

    /**
     * @param within holds addresses of the ranges; closed with this
     * @param ranges that are this cluster's alone
     */
    public FencedAddresses(HostAddresses within, List<String> ranges) {
        this(within, ranges, new HostCommand());
    }

    FencedAddresses(HostAddresses within, List<String> ranges, Command command) {
        this.within = within;
        this.ranges = List.copyOf(ranges);
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
        StringBuilder batch = new StringBuilder();
        ranges.forEach(range -> batch.append("route ")
                .append(verb)
                .append(" unreachable ")
                .append(range)
                .append('\n'));
        try {
            Result result = command.run(List.of("ip", "-force", "-batch", "-"), batch.toString(), DEADLINE);
            if (!result.succeeded()) {
                LOG.warn(
                        "ip route {} unreachable {}: {}",
                        verb,
                        ranges,
                        result.output().strip());
            }
        } catch (CommandFailure e) {
            LOG.warn("packets for {} are not kept on this machine", ranges, e);
        }
    }
}
