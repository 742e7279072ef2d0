package io.orchestrator.core.control.endpointslice;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.discovery.AddressType;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditions;
import io.orchestrator.api.model.discovery.EndpointHints;
import io.orchestrator.api.model.discovery.EndpointPort;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.ForZone;
import io.orchestrator.core.control.ServiceBackend;
import io.orchestrator.core.control.ServiceBackends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What endpoints of one slice have in common: the family of their addresses, and their ports. */
record SliceGroup(String addressType, List<EndpointPort> ports) {
    private static final String PREFER_CLOSE = "PreferClose";

    static SliceGroup of(EndpointSlice slice) {
        return new SliceGroup(slice.addressType(), slice.ports());
    }

    /**
     * The endpoints that should be there, by group.
     *
     * @param there what there is already, by the uid of the pod: taken over where nothing about it changed, which is most of it
     * @param zone the zone of a node; empty where it has none
     */
    static Map<SliceGroup, List<Endpoint>> wanted(
            Service service,
            List<ServiceBackend> backends,
            Map<String, Endpoint> there,
            Function<String, String> zone) {
        Map<SliceGroup, List<Endpoint>> groups = new LinkedHashMap<>();
        boolean byNumber = service.spec().ports().stream()
                .noneMatch(port -> port.targetPort().isText());
        List<EndpointPort> same = byNumber && !backends.isEmpty() ? ports(service, backends.get(0)) : List.of();
        for (ServiceBackend backend : backends) {
            List<EndpointPort> ports = byNumber ? same : ports(service, backend);
            if (ports.isEmpty() && !service.spec().ports().isEmpty()) {
                continue;
            }
            String family = backend.address().indexOf(':') >= 0 ? AddressType.IPV6 : AddressType.IPV4;
            Endpoint present = there.get(backend.pod().metadata().uid());
            groups.computeIfAbsent(new SliceGroup(family, ports), key -> new ArrayList<>())
                    .add(endpoint(service, backend, present, zone));
        }
        return groups;
    }

    private static Endpoint endpoint(
            Service service, ServiceBackend backend, @Nullable Endpoint present, Function<String, String> zone) {
        String node = backend.pod().spec().nodeName();
        String hostname = backend.hostname(service);
        String nodeZone = node.isEmpty() ? "" : zone.apply(node);
        boolean serving = backend.ready();
        boolean ready = service.spec().publishNotReadyAddresses() || (serving && !backend.terminating());
        EndpointConditions conditions = new EndpointConditions(ready, serving, backend.terminating());
        EndpointHints hints = hints(service, ready, nodeZone);
        if (present != null
                && present.conditions().equals(conditions)
                && present.addresses().size() == 1
                && present.addresses().get(0).equals(backend.address())
                && saysOf(present.hostname(), hostname)
                && saysOf(present.nodeName(), node)
                && saysOf(present.zone(), nodeZone)
                && Objects.equals(present.hints(), hints)
                && present.deprecatedTopology().isEmpty()
                && backend.reference().equals(present.targetRef())) {
            return present;
        }
        return EndpointBuilder.builder()
                .addresses(List.of(backend.address()))
                .conditions(conditions)
                .hostname(hostname.isEmpty() ? null : hostname)
                .targetRef(backend.reference())
                .nodeName(node.isEmpty() ? null : node)
                .zone(nodeZone.isEmpty() ? null : nodeZone)
                .hints(hints)
                .build();
    }

    /** Who wants clients to go to what is close has each zone served from itself. */
    private static @Nullable EndpointHints hints(Service service, boolean ready, String zone) {
        boolean close = PREFER_CLOSE.equals(service.spec().trafficDistribution());
        return close && ready && !zone.isEmpty() ? new EndpointHints(List.of(new ForZone(zone))) : null;
    }

    private static boolean saysOf(@Nullable String present, String wanted) {
        return present == null ? wanted.isEmpty() : present.equals(wanted);
    }

    private static List<EndpointPort> ports(Service service, ServiceBackend backend) {
        List<EndpointPort> ports = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            OptionalInt target = backend.target(port);
            if (target.isPresent()) {
                ports.add(EndpointPortBuilder.builder()
                        .name(port.name())
                        .protocol(ServiceBackends.protocol(port.protocol()))
                        .port(target.getAsInt())
                        .appProtocol(port.appProtocol())
                        .build());
            }
        }
        return ports;
    }
}
