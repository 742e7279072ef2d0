package io.orchestrator.core.control.endpointslice;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.AddressType;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.control.ServiceBackend;
import io.orchestrator.core.control.ServiceBackends;
import io.orchestrator.core.control.SliceNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which slices of a service are to be written: a pure function of the service, its pods and the slices that are there.
 * Endpoints stay in the slice that they are in; new ones fill the slices that have room.
 */
record SlicePlan(List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> deletes) {
    static final int MOST_ENDPOINTS = 100;
    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslice-controller.k8s.io";

    /** Who an endpoint is, whatever its state. */
    private record Identity(List<String> addresses, String uid) {
        static Identity of(Endpoint endpoint) {
            ObjectReference target = endpoint.targetRef();
            return new Identity(endpoint.addresses(), target == null ? "" : target.uid());
        }
    }

    /** @param present the slices of this service that this controller manages */
    static SlicePlan of(
            Service service,
            List<ServiceBackend> backends,
            List<EndpointSlice> present,
            Function<String, String> zone) {
        return new Builder(service, backends, present)
                .build(SliceGroup.wanted(service, backends, byPod(present), zone));
    }

    private static Map<String, Endpoint> byPod(List<EndpointSlice> present) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (EndpointSlice slice : present) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (endpoint.targetRef() != null) {
                    endpoints.put(endpoint.targetRef().uid(), endpoint);
                }
            }
        }
        return endpoints;
    }

    boolean isEmpty() {
        return creates.isEmpty() && updates.isEmpty() && deletes.isEmpty();
    }

    /** Collects the writes. */
    private static final class Builder {
        private final Service service;
        private final Optional<Time> lastChange;
        private final List<EndpointSlice> present;
        private final Set<String> names = new HashSet<>();
        private final List<EndpointSlice> creates = new ArrayList<>();
        private final List<EndpointSlice> updates = new ArrayList<>();
        private final List<EndpointSlice> unneeded = new ArrayList<>();
        private int kept;

        Builder(Service service, List<ServiceBackend> backends, List<EndpointSlice> present) {
            this.service = service;
            this.lastChange = ServiceBackends.lastChange(service, backends);
            this.present = present.stream()
                    .sorted(Comparator.comparing(slice -> slice.metadata().name()))
                    .toList();
            this.present.forEach(slice -> names.add(slice.metadata().name()));
        }

        SlicePlan build(Map<SliceGroup, List<Endpoint>> wanted) {
            Map<SliceGroup, List<EndpointSlice>> there = new LinkedHashMap<>();
            present.forEach(slice -> there.computeIfAbsent(SliceGroup.of(slice), key -> new ArrayList<>())
                    .add(slice));
            wanted.forEach((group, endpoints) -> fill(group, endpoints, there.getOrDefault(group, List.of())));
            there.forEach((group, slices) -> {
                if (!wanted.containsKey(group)) {
                    unneeded.addAll(slices);
                }
            });
            if (kept == 0 && creates.isEmpty()) {
                keepAnEmptySlice();
            }
            return new SlicePlan(List.copyOf(creates), List.copyOf(updates), List.copyOf(unneeded));
        }

        private void fill(SliceGroup group, List<Endpoint> wanted, List<EndpointSlice> slices) {
            Map<Identity, Endpoint> missing = new LinkedHashMap<>();
            wanted.forEach(endpoint -> missing.put(Identity.of(endpoint), endpoint));
            List<List<Endpoint>> contents = new ArrayList<>();
            for (EndpointSlice slice : slices) {
                List<Endpoint> stay = new ArrayList<>();
                for (Endpoint endpoint : slice.endpoints()) {
                    Endpoint now = missing.remove(Identity.of(endpoint));
                    if (now != null) {
                        stay.add(now);
                    }
                }
                contents.add(stay);
            }
            List<Endpoint> homeless = new ArrayList<>(missing.values());
            for (List<Endpoint> content : contents) {
                moveUpTo(MOST_ENDPOINTS - content.size(), homeless, content);
            }
            for (int i = 0; i < slices.size(); i++) {
                keep(slices.get(i), group, contents.get(i));
            }
            while (!homeless.isEmpty()) {
                List<Endpoint> content = new ArrayList<>();
                moveUpTo(MOST_ENDPOINTS, homeless, content);
                create(group, content);
            }
        }

        private static void moveUpTo(int count, List<Endpoint> from, List<Endpoint> to) {
            List<Endpoint> moved = from.subList(0, Math.min(count, from.size()));
            to.addAll(moved);
            moved.clear();
        }

        private void keep(EndpointSlice slice, SliceGroup group, List<Endpoint> endpoints) {
            if (endpoints.isEmpty()) {
                unneeded.add(slice);
                return;
            }
            kept++;
            update(slice, group, endpoints);
        }

        private void update(EndpointSlice slice, SliceGroup group, List<Endpoint> endpoints) {
            EndpointSlice next =
                    new EndpointSlice(metadata(slice.metadata()), group.addressType(), endpoints, group.ports());
            if (!next.equals(slice)) {
                updates.add(stamped(next));
            }
        }

        /** A service without endpoints has one slice that says so. */
        private void keepAnEmptySlice() {
            SliceGroup nothing = new SliceGroup(AddressType.IPV4, List.of());
            for (EndpointSlice slice : unneeded) {
                // The family of a slice cannot change.
                if (slice.addressType().equals(nothing.addressType())) {
                    unneeded.remove(slice);
                    update(slice, nothing, List.of());
                    return;
                }
            }
            create(nothing, List.of());
        }

        private void create(SliceGroup group, List<Endpoint> endpoints) {
            String name = SliceNames.free(
                    service.metadata().name(), service.metadata().uid() + "/" + group, names);
            names.add(name);
            ObjectMeta metadata = metadata(ObjectMetaBuilder.builder()
                    .namespace(service.metadata().namespace())
                    .name(name)
                    .build());
            creates.add(stamped(new EndpointSlice(metadata, group.addressType(), endpoints, group.ports())));
        }

        private ObjectMeta metadata(ObjectMeta present) {
            Map<String, String> labels = new TreeMap<>(service.metadata().labels());
            labels.remove(ServiceBackends.HEADLESS_LABEL);
            if (ServiceBackends.isHeadless(service)) {
                labels.put(ServiceBackends.HEADLESS_LABEL, "");
            }
            labels.put(SERVICE_NAME, service.metadata().name());
            labels.put(MANAGED_BY, MANAGER);
            return ObjectMetaBuilder.builder(present)
                    .labels(labels)
                    .ownerReferences(List.of(OwnerReference.controller(Service.TYPE, service)))
                    .build();
        }

        private EndpointSlice stamped(EndpointSlice slice) {
            return lastChange
                    .map(time -> {
                        Map<String, String> annotations =
                                new LinkedHashMap<>(slice.metadata().annotations());
                        annotations.put(ServiceBackends.LAST_CHANGE, time.toString());
                        return slice.withMetadata(slice.metadata().withAnnotations(annotations));
                    })
                    .orElse(slice);
        }
    }
}
