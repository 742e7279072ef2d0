package io.orchestrator.core.schedule.framework;

/**
 * A port that a pod takes of its node.
 *
 * @param address the node's address it listens on; empty and {@code 0.0.0.0} mean all
 */
public record HostPort(String protocol, String address, int port) {
    private static final String ANY = "0.0.0.0";

    public HostPort {
        protocol = protocol.isEmpty() ? "TCP" : protocol;
        address = address.isEmpty() ? ANY : address;
    }

    /** Whether both cannot be had on one node: same protocol and port, and addresses that overlap. */
    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (address.equals(other.address) || address.equals(ANY) || other.address.equals(ANY));
    }
}
