package io.orchestrator.core.network.nftables;

import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One service port as packet rules can serve it: a connection to one of the addresses goes to one of the endpoints, by chance.
 *
 * @param addresses IPv4, none of which another has at this port
 */
record ShortCut(Key key, List<String> addresses, int port, List<Endpoint> endpoints) {

    /** Names a service port across tables. */
    record Key(String namespace, String service, String portName, int port) {}

    /**
     * What of a table can be served so: TCP over IPv4, without affinity, for all clients, where there are endpoints. The first that claims an
     * address has it.
     */
    static Map<Key, ShortCut> of(ServiceTable table) {
        Map<Key, ShortCut> cuts = new LinkedHashMap<>();
        Set<String> claimed = new HashSet<>();
        for (ServicePort port : table.ports()) {
            of(port, claimed).ifPresent(cut -> cuts.putIfAbsent(cut.key, cut));
        }
        return cuts;
    }

    private static Optional<ShortCut> of(ServicePort port, Set<String> claimed) {
        List<String> addresses = port.addresses().stream()
                .filter(ShortCut::isIpv4)
                .filter(address -> claimed.add(port.protocol() + address + ":" + port.port()))
                .toList();
        List<Endpoint> endpoints = port.endpoints().isEmpty() ? port.draining() : port.endpoints();
        boolean fits = port.protocol().equals("TCP")
                && port.affinity() == null
                && port.sourceRanges().isEmpty()
                && endpoints.stream().allMatch(endpoint -> isIpv4(endpoint.address()));
        if (!fits || addresses.isEmpty() || endpoints.isEmpty()) {
            return Optional.empty();
        }
        Key key = new Key(port.namespace(), port.service(), port.portName() + "/" + addresses.get(0), port.port());
        return Optional.of(new ShortCut(key, addresses, port.port(), endpoints));
    }

    private static boolean isIpv4(String address) {
        return address.indexOf(':') < 0;
    }
}
