package io.orchestrator.core.network.policy;

import java.util.Map;

/**
 * What all policies come to, at one moment.
 *
 * @param ingress of the pods whose incoming traffic is restricted, by address
 * @param egress of those whose outgoing traffic is
 * @param published of ports of this machine that lead to pods whose incoming traffic is restricted
 */
record PolicyTable(Map<String, Isolation> ingress, Map<String, Isolation> egress, Map<Published, Isolation> published) {
    static final PolicyTable EMPTY = new PolicyTable(Map.of(), Map.of());

    PolicyTable {
        ingress = Map.copyOf(ingress);
        egress = Map.copyOf(egress);
        published = Map.copyOf(published);
    }

    PolicyTable(Map<String, Isolation> ingress, Map<String, Isolation> egress) {
        this(ingress, egress, Map.of());
    }

    boolean isEmpty() {
        return ingress.isEmpty() && egress.isEmpty();
    }

    /** Whether the sender may send it. A pod always reaches itself. */
    boolean maySend(String from, String to, String protocol, int port) {
        Isolation isolation = egress.get(from);
        return isolation == null || from.equals(to) || isolation.allows(to, protocol, port);
    }

    /** Whether the receiver may get it. */
    boolean mayReceive(String from, String to, String protocol, int port) {
        Isolation isolation = ingress.get(to);
        return isolation == null || from.equals(to) || isolation.allows(from, protocol, port);
    }
}
