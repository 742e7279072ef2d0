package io.orchestrator.core.network.policy;

import java.util.List;

/**
 * What pods that the same policies choose may receive, or send; whatever is not allowed is not.
 *
 * @param key stays the same while pods come and go
 */
record Isolation(String key, List<Allowance> allowed) {
    Isolation {
        allowed = List.copyOf(allowed);
    }

    /** @param ports merged; empty for everything, also what has no ports */
    record Allowance(Peers peers, List<PortRange> ports) {
        Allowance {
            ports = List.copyOf(ports);
        }

        boolean covers(String peer, String protocol, int port) {
            return (ports.isEmpty() || ports.stream().anyMatch(each -> each.includes(protocol, port)))
                    && peers.include(peer);
        }
    }

    /** What of this is left at one port, for packets that show another. */
    Isolation at(String protocol, int port) {
        return new Isolation(
                key + " to " + protocol + " " + port,
                allowed.stream()
                        .filter(each -> each.ports().isEmpty()
                                || each.ports().stream().anyMatch(range -> range.includes(protocol, port)))
                        .map(each -> new Allowance(each.peers(), List.of()))
                        .toList());
    }

    boolean allows(String peer, String protocol, int port) {
        return allowed.stream().anyMatch(each -> each.covers(peer, protocol, port));
    }
}
