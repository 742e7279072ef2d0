package io.orchestrator.core.network.nftables;

import java.util.List;

/**
 * Where clients ask: an address and a port of it, or a port of all addresses of this machine.
 *
 * @param protocol as {@code nft} calls it
 * @param address empty for those of this machine
 */
record Front(String protocol, String address, int port) {
    static final String TCP = "tcp";
    static final String UDP = "udp";

    private static final String OF_NODE = "node_";
    private static final String OF_DATAGRAMS = "udp_";

    /** One of each kind that has maps, sets and chains of its own: addresses and ports of this machine, by either protocol. */
    static final List<Front> KINDS =
            List.of(new Front(TCP, "*", 0), new Front(TCP, "", 0), new Front(UDP, "*", 0), new Front(UDP, "", 0));

    Front(String address, int port) {
        this(TCP, address, port);
    }

    static Front ofNode(int port) {
        return new Front("", port);
    }

    /** Whether it is a port of all addresses of this machine. */
    boolean isOfNode() {
        return address.isEmpty();
    }

    /** Whether datagrams arrive there, and not connections. */
    boolean isOfDatagrams() {
        return protocol.equals(UDP);
    }

    /** What elements of the kernel's begin with, for this front. */
    @Override
    public String toString() {
        return isOfNode() ? String.valueOf(port) : address + " . " + port;
    }

    /** There is one of each map, set and chain for addresses, and one for ports of this machine; and the same for datagrams. */
    String its(String name) {
        return (isOfDatagrams() ? OF_DATAGRAMS : "") + (isOfNode() ? OF_NODE : "") + name;
    }

    /** What of a packet finds the elements of this front. */
    String expression() {
        String ofPort = protocol + " dport";
        return isOfNode() ? ofPort : "ip daddr . " + ofPort;
    }
}
