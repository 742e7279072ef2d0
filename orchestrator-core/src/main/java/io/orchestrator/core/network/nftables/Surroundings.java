package io.orchestrator.core.network.nftables;

import io.orchestrator.core.network.address.HostRoutes;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What rules must know of the machine that they are for.
 *
 * @param own whether an address, at which services are reached, can be nobody else's. Where it may be, somebody may listen there, or
 *     it may be elsewhere: rules lead from it only once the proxy beneath has opened it
 * @param present whether an address of loopback is one of this machine's pods or servers. A pod of another machine may have an
 *     address of that one's loopback, of which only sockets find out in no time that nobody has it here
 * @param routes of the moment
 */
public record Surroundings(Predicate<String> own, Predicate<String> present, Supplier<HostRoutes> routes) {

    /** Where all is this cluster's, and on this machine. */
    public static Surroundings unshared() {
        return new Surroundings(address -> true, address -> true, HostRoutes::ofThisMachine);
    }
}
