package io.orchestrator.core.network.nftables;

import io.orchestrator.spi.network.ServicePort;
import java.util.ArrayList;
import java.util.List;

/**
 * Where somebody may listen, by whatever protocol.
 *
 * @param address empty for all of this machine
 */
record Place(String address, int port) {

    /** Where a port of a service is reached. */
    static List<Place> of(ServicePort port) {
        List<Place> places = new ArrayList<>();
        port.addresses().forEach(address -> places.add(new Place(address, port.port())));
        if (port.nodePort() != 0) {
            places.add(new Place("", port.nodePort()));
        }
        return places;
    }

    boolean isOfNode() {
        return address.isEmpty();
    }
}
