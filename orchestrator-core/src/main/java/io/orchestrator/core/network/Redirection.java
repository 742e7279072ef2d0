package io.orchestrator.core.network;

import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service port that is reached where it was, and leads elsewhere: what changes all the time, where services themselves come and
 * go seldom. A proxy that sees from a table that there is nothing else need not look at all services because of one.
 */
public record Redirection(ServicePort before, ServicePort after) {

    /**
     * What differs between two tables. Empty when it is more than that; the order counts, for the first that claims an address has
     * it.
     */
    public static Optional<List<Redirection>> between(ServiceTable before, ServiceTable after) {
        if (before.ports().size() != after.ports().size()) {
            return Optional.empty();
        }
        List<Redirection> redirections = new ArrayList<>();
        for (int i = 0; i < after.ports().size(); i++) {
            ServicePort old = before.ports().get(i);
            ServicePort next = after.ports().get(i);
            // Most are the same object: services that have not changed are not made anew.
            if (next != old && !next.equals(old)) {
                if (!isReachedAlike(old, next)) {
                    return Optional.empty();
                }
                redirections.add(new Redirection(old, next));
            }
        }
        return Optional.of(redirections);
    }

    private static boolean isReachedAlike(ServicePort one, ServicePort other) {
        return one.namespace().equals(other.namespace())
                && one.service().equals(other.service())
                && one.portName().equals(other.portName())
                && one.addresses().equals(other.addresses())
                && one.port() == other.port()
                && one.nodePort() == other.nodePort()
                && one.protocol().equals(other.protocol());
    }
}
