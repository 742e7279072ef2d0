package io.orchestrator.core.network.nftables;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a front leads.
 *
 * @param sticky how clients stay with an endpoint; null when each connection goes to any
 * @param leaving endpoints that keep the clients they have; known for datagrams alone, as connections stay where they are anyway
 * @param ranges of the clients that are led, as {@code nft} reads them; empty for all
 * @param device by which packets for all of the endpoints leave; empty where there is no such device, or more than one
 */
record Lead(
        List<Endpoint> endpoints, @Nullable Sticky sticky, Set<Endpoint> leaving, List<String> ranges, String device) {

    /**
     * Clients stay with their endpoint, whichever of the fronts of one service they ask at.
     *
     * @param service that they share
     * @param seconds for which one that does not ask is remembered
     */
    record Sticky(String service, long seconds) {}

    static final Lead NOWHERE = new Lead(List.of(), null, Set.of(), List.of(), "");

    Lead {
        endpoints = List.copyOf(endpoints);
        leaving = Set.copyOf(leaving);
        ranges = List.copyOf(ranges);
    }

    boolean isNowhere() {
        return endpoints.isEmpty();
    }

    /** Whether only this machine reaches where it leads. */
    boolean isInner() {
        return endpoints.stream().anyMatch(Lead::isInner);
    }

    static boolean isInner(Endpoint endpoint) {
        return isInner(endpoint.address());
    }

    /** Whether an address is one of loopback. */
    static boolean isInner(String address) {
        return address.startsWith("127.");
    }
}
