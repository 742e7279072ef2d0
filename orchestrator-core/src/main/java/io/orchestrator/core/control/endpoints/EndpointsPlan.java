package io.orchestrator.core.control.endpoints;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.core.EndpointAddress;
import io.orchestrator.api.model.core.EndpointAddressBuilder;
import io.orchestrator.api.model.core.EndpointPort;
import io.orchestrator.api.model.core.EndpointPortBuilder;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.core.control.ServiceBackend;
import io.orchestrator.core.control.ServiceBackends;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a service's endpoints should be: a pure function of the service and its pods. */
final class EndpointsPlan {
    private static final int MOST_ADDRESSES = 1000;
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

    /** The addresses that share their ports. */
    private record Group(List<EndpointAddress> ready, List<EndpointAddress> unready) {
        Group() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private EndpointsPlan() {}

    /** The endpoints as they should be written over the present ones; equal to them when nothing is to be written. */
    static Endpoints next(Service service, List<ServiceBackend> backends, Endpoints present) {
        List<ServiceBackend> counted = backends.stream()
                .filter(backend -> !backend.terminating() || service.spec().publishNotReadyAddresses())
                .toList();
        List<ServiceBackend> listed = counted.subList(0, Math.min(counted.size(), MOST_ADDRESSES));
        ObjectMeta metadata = metadata(service, present.metadata(), counted.size() > MOST_ADDRESSES);
        Endpoints next = new Endpoints(metadata, subsets(service, listed));
        if (next.equals(present)) {
            return present;
        }
        return ServiceBackends.lastChange(service, listed)
                .map(time -> next.withMetadata(next.metadata()
                        .withAnnotations(
                                with(next.metadata().annotations(), ServiceBackends.LAST_CHANGE, time.toString()))))
                .orElse(next);
    }

    private static ObjectMeta metadata(Service service, ObjectMeta present, boolean truncated) {
        Map<String, String> labels = new TreeMap<>(service.metadata().labels());
        labels.remove(ServiceBackends.HEADLESS_LABEL);
        if (ServiceBackends.isHeadless(service)) {
            labels.put(ServiceBackends.HEADLESS_LABEL, "");
        }
        Map<String, String> annotations = new LinkedHashMap<>(present.annotations());
        annotations.remove(OVER_CAPACITY);
        if (truncated) {
            annotations.put(OVER_CAPACITY, "truncated");
        }
        return ObjectMetaBuilder.builder(present)
                .namespace(service.metadata().namespace())
                .name(service.metadata().name())
                .labels(labels)
                .annotations(annotations)
                .ownerReferences(List.of(OwnerReference.controller(Service.TYPE, service)))
                .build();
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static List<EndpointSubset> subsets(Service service, List<ServiceBackend> backends) {
        Map<List<EndpointPort>, Group> groups = new LinkedHashMap<>();
        for (ServiceBackend backend : backends) {
            List<EndpointPort> ports = ports(service, backend);
            if (ports.isEmpty() && !service.spec().ports().isEmpty()) {
                continue;
            }
            Group group = groups.computeIfAbsent(ports, key -> new Group());
            boolean ready = backend.ready() || service.spec().publishNotReadyAddresses();
            (ready ? group.ready : group.unready).add(address(service, backend));
        }
        List<EndpointSubset> subsets = new ArrayList<>();
        groups.forEach((ports, group) -> subsets.add(new EndpointSubset(group.ready, group.unready, ports)));
        return subsets;
    }

    private static EndpointAddress address(Service service, ServiceBackend backend) {
        String node = backend.pod().spec().nodeName();
        return EndpointAddressBuilder.builder()
                .ip(backend.address())
                .hostname(backend.hostname(service))
                .nodeName(node.isEmpty() ? null : node)
                .targetRef(backend.reference())
                .build();
    }

    private static List<EndpointPort> ports(Service service, ServiceBackend backend) {
        List<EndpointPort> ports = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            OptionalInt target = backend.target(port);
            if (target.isPresent()) {
                ports.add(EndpointPortBuilder.builder()
                        .name(port.name())
                        .port(target.getAsInt())
                        .protocol(ServiceBackends.protocol(port.protocol()))
                        .appProtocol(port.appProtocol())
                        .build());
            }
        }
        ports.sort(Comparator.comparing(EndpointPort::name).thenComparingInt(EndpointPort::port));
        return ports;
    }
}
