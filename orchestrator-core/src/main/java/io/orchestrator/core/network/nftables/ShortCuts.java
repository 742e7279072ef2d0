package io.orchestrator.core.network.nftables;

import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.core.network.Redirection;
import io.orchestrator.core.network.address.Cidr;
import io.orchestrator.core.network.address.HostRoutes;
import io.orchestrator.core.network.nftables.Lead.Sticky;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a table packet rules can serve: a connection to a front goes to one of its endpoints, by chance or to the one that the
 * client had before. That is IPv4 alone, where there are endpoints; a client's datagrams do not stay with an endpoint longer than the
 * client goes on sending. The first that claims a front has it. Owned by its caller.
 *
 * <p>From an address of loopback nothing leads beyond it: what this machine sends has an address of loopback itself then, with which the
 * kernel lets nothing out.
 */
final class ShortCuts {
    private final Map<Front, ServicePort> owners = new LinkedHashMap<>();
    /** Each takes twice as many elements as there are buckets, and all together must be told within the time that nft has. */
    private static final int MOST_FOR_DATAGRAMS = 1000;

    private final Set<Place> taken;
    private final Surroundings surroundings;

    /**
     * @param taken where somebody else listens, and goes on doing so
     * @param datagrams whether the kernel can be told about these
     */
    ShortCuts(ServiceTable table, Set<Place> taken, boolean datagrams, Surroundings surroundings) {
        this.taken = Set.copyOf(taken);
        this.surroundings = surroundings;
        int more = MOST_FOR_DATAGRAMS;
        for (ServicePort port : table.ports()) {
            List<Front> fronts = fronts(port);
            if (port.protocol().equals(Protocol.TCP)) {
                fronts.forEach(front -> owners.putIfAbsent(front, port));
            } else if (datagrams && isOfDatagrams(port) && fronts.size() <= more) {
                more -= fronts.size();
                fronts.forEach(front -> owners.putIfAbsent(front, port));
            }
        }
    }

    /** Whether any of these is for datagrams. */
    static boolean haveDatagrams(ServiceTable table) {
        return table.ports().stream().anyMatch(ShortCuts::isOfDatagrams);
    }

    private static boolean isOfDatagrams(ServicePort port) {
        return port.protocol().equals(Protocol.UDP);
    }

    private List<Front> fronts(ServicePort port) {
        String protocol = isOfDatagrams(port) ? Front.UDP : Front.TCP;
        List<Front> fronts = new ArrayList<>();
        for (Place place : Place.of(port)) {
            if (!taken.contains(place)) {
                fronts.add(new Front(protocol, place.address(), place.port()));
            }
        }
        return fronts;
    }

    /** All that there are. Endpoints that have not changed are the same list. */
    Map<Front, Lead> all() {
        Map<Front, Lead> all = new LinkedHashMap<>();
        HostRoutes routes = surroundings.routes().get();
        owners.forEach((front, port) -> {
            Lead lead = lead(front, port, routes);
            if (!lead.isNowhere()) {
                all.put(front, lead);
            }
        });
        return all;
    }

    /** The fronts that lead elsewhere now; nowhere, where there is no short cut any more. */
    Map<Front, Lead> follow(List<Redirection> redirections) {
        Map<Front, Lead> changed = new HashMap<>();
        HostRoutes routes = surroundings.routes().get();
        for (Redirection redirection : redirections) {
            ServicePort port = redirection.after();
            for (Front front : fronts(port)) {
                if (owners.replace(front, redirection.before(), port)) {
                    changed.put(front, lead(front, port, routes));
                }
            }
        }
        return changed;
    }

    private Lead lead(Front front, ServicePort port, HostRoutes routes) {
        List<Endpoint> endpoints = port.endpoints().isEmpty() ? port.draining() : port.endpoints();
        List<Cidr> said = port.sourceRanges().stream()
                .flatMap(range -> Cidr.parse(range).stream())
                .toList();
        boolean all = port.sourceRanges().isEmpty() || said.stream().anyMatch(range -> range.prefix() == 0);
        List<String> ranges =
                all ? List.of() : said.stream().map(Cidr::toString).toList();
        boolean fits = isIpv4(front.address())
                && (all || !ranges.isEmpty())
                && endpoints.stream().allMatch(endpoint -> isIpv4(endpoint.address()))
                && reaches(front, endpoints);
        if (!fits) {
            return Lead.NOWHERE;
        }
        String device = device(endpoints, routes);
        return front.isOfDatagrams()
                ? ofDatagrams(port, endpoints, ranges, device)
                : new Lead(endpoints, sticky(port), Set.of(), ranges, device);
    }

    private static Lead ofDatagrams(ServicePort port, List<Endpoint> endpoints, List<String> ranges, String device) {
        boolean fits = port.affinity() == null && endpoints.size() <= Buckets.COUNT;
        return fits ? new Lead(endpoints, null, Set.copyOf(port.draining()), ranges, device) : Lead.NOWHERE;
    }

    /** Whether clients reach all endpoints alike. Which of them one reaches may depend on where it is: the proxy beneath reaches all. */
    private boolean reaches(Front front, List<Endpoint> endpoints) {
        if (endpoints.stream().noneMatch(Lead::isInner)) {
            return !Lead.isInner(front.address());
        }
        return endpoints.stream()
                .allMatch(endpoint ->
                        Lead.isInner(endpoint) && surroundings.present().test(endpoint.address()));
    }

    private static String device(List<Endpoint> endpoints, HostRoutes routes) {
        String device = "";
        for (Endpoint endpoint : endpoints) {
            String its = Lead.isInner(endpoint)
                    ? ""
                    : routes.device(endpoint.address()).orElse("");
            if (its.isEmpty() || !device.isEmpty() && !device.equals(its)) {
                return "";
            }
            device = its;
        }
        return device;
    }

    private static @Nullable Sticky sticky(ServicePort port) {
        Duration affinity = port.affinity();
        if (affinity == null) {
            return null;
        }
        // Traffic from inside and from outside may be led differently, by two ports of one name.
        String first = port.addresses().isEmpty() ? "" : port.addresses().get(0);
        String service = port.namespace() + "/" + port.service() + "/" + port.portName() + "/" + first;
        return new Sticky(service, Math.max(1, affinity.toSeconds()));
    }

    private static boolean isIpv4(String address) {
        return address.indexOf(':') < 0;
    }
}
