package io.orchestrator.core.control.endpointslicemirroring;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.WellKnownAnnotations;
import io.orchestrator.api.model.core.EndpointAddress;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.discovery.AddressType;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditionsBuilder;
import io.orchestrator.api.model.discovery.EndpointPort;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.control.ServiceBackends;
import io.orchestrator.core.control.SliceNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which slices are to be written so that they say what the endpoints say: a pure function of both.
 *
 * @param skipped how many addresses are too many to be mirrored
 */
record MirrorPlan(List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> deletes, int skipped) {
    /** Of one subset no more are mirrored, and no slice holds more. */
    static final int MOST_ADDRESSES = 1000;

    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

    /** What endpoints of one slice have in common. */
    private record Group(String addressType, List<EndpointPort> ports) {}

    /** @param present the slices that mirror these endpoints */
    static MirrorPlan of(Endpoints endpoints, List<EndpointSlice> present) {
        Map<Group, List<Endpoint>> wanted = new LinkedHashMap<>();
        int skipped = 0;
        for (EndpointSubset subset : endpoints.subsets()) {
            int all = subset.addresses().size() + subset.notReadyAddresses().size();
            skipped += Math.max(0, all - MOST_ADDRESSES);
            List<EndpointPort> ports = ports(subset);
            Stream.concat(
                            subset.addresses().stream().map(address -> endpoint(address, true)),
                            subset.notReadyAddresses().stream().map(address -> endpoint(address, false)))
                    .limit(MOST_ADDRESSES)
                    .forEach(endpoint -> wanted.computeIfAbsent(
                                    new Group(family(endpoint), ports), group -> new ArrayList<>())
                            .add(endpoint));
        }
        return slices(endpoints, wanted, present, skipped);
    }

    private static MirrorPlan slices(
            Endpoints endpoints, Map<Group, List<Endpoint>> wanted, List<EndpointSlice> present, int skipped) {
        List<EndpointSlice> creates = new ArrayList<>();
        List<EndpointSlice> updates = new ArrayList<>();
        List<EndpointSlice> unneeded = new ArrayList<>(present);
        unneeded.sort(Comparator.comparing(slice -> slice.metadata().name()));
        Set<String> names = new HashSet<>();
        present.forEach(slice -> names.add(slice.metadata().name()));
        wanted.forEach((group, all) -> {
            for (int from = 0; from < all.size(); from += MOST_ADDRESSES) {
                List<Endpoint> content = all.subList(from, Math.min(all.size(), from + MOST_ADDRESSES));
                EndpointSlice standing = unneeded.stream()
                        .filter(slice -> group.equals(new Group(slice.addressType(), slice.ports())))
                        .findFirst()
                        .orElse(null);
                if (standing == null) {
                    String seed = endpoints.metadata().uid() + "/" + group;
                    String name = SliceNames.free(endpoints.metadata().name(), seed, names);
                    names.add(name);
                    ObjectMeta fresh = ObjectMetaBuilder.builder()
                            .namespace(endpoints.metadata().namespace())
                            .name(name)
                            .build();
                    creates.add(slice(endpoints, fresh, group, content));
                    continue;
                }
                unneeded.remove(standing);
                EndpointSlice next = slice(endpoints, standing.metadata(), group, content);
                if (!next.equals(standing)) {
                    updates.add(next);
                }
            }
        });
        return new MirrorPlan(List.copyOf(creates), List.copyOf(updates), List.copyOf(unneeded), skipped);
    }

    private static EndpointSlice slice(Endpoints endpoints, ObjectMeta present, Group group, List<Endpoint> content) {
        Map<String, String> labels = new TreeMap<>(endpoints.metadata().labels());
        labels.put(SERVICE_NAME, endpoints.metadata().name());
        labels.put(MANAGED_BY, MANAGER);
        Map<String, String> annotations =
                new LinkedHashMap<>(endpoints.metadata().annotations());
        annotations.remove(ServiceBackends.LAST_CHANGE);
        annotations.remove(WellKnownAnnotations.LAST_APPLIED);
        ObjectMeta metadata = ObjectMetaBuilder.builder(present)
                .labels(labels)
                .annotations(annotations)
                .ownerReferences(List.of(OwnerReference.controller(Endpoints.TYPE, endpoints)))
                .build();
        return new EndpointSlice(metadata, group.addressType(), content, group.ports());
    }

    private static Endpoint endpoint(EndpointAddress address, boolean ready) {
        return EndpointBuilder.builder()
                .addresses(List.of(address.ip()))
                .conditions(EndpointConditionsBuilder.builder().ready(ready).build())
                .hostname(address.hostname().isEmpty() ? null : address.hostname())
                .nodeName(address.nodeName())
                .targetRef(address.targetRef())
                .build();
    }

    private static List<EndpointPort> ports(EndpointSubset subset) {
        return subset.ports().stream()
                .map(port -> new EndpointPort(
                        port.name(), ServiceBackends.protocol(port.protocol()), port.port(), port.appProtocol()))
                .toList();
    }

    private static String family(Endpoint endpoint) {
        return endpoint.addresses().get(0).indexOf(':') >= 0 ? AddressType.IPV6 : AddressType.IPV4;
    }
}
