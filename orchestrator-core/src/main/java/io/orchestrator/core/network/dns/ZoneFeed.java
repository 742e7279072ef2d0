package io.orchestrator.core.network.dns;

import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodIP;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a zone true to services and slices: a change is answered for when the informer's handler returns. Of pods it answers by
 * the informer's own index. Thread-safe.
 */
final class ZoneFeed implements AutoCloseable {
    private static final String BY_SERVICE = "dns-service";
    private static final String BY_ADDRESS = "dns-address";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final ClusterNames names;
    private final Zone zone;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final Informer<Pod> pods;
    private final Informer.Handler<Service> onService;
    private final Informer.Handler<EndpointSlice> onSlice;

    ZoneFeed(SharedInformers informers, ClusterNames names, Zone zone) {
        this.names = names;
        this.zone = zone;
        this.services = informers.informer(Service.TYPE);
        this.slices = informers.informer(EndpointSlice.TYPE);
        this.pods = informers.informer(Pod.TYPE);
        this.onService = (@Nullable Service before, @Nullable Service after) -> {
            Service either = after == null ? before : after;
            if (either != null) {
                refresh(ObjectKey.of(either));
            }
        };
        this.onSlice = (@Nullable EndpointSlice before, @Nullable EndpointSlice after) -> {
            ObjectKey was = before == null ? null : serviceOf(before);
            ObjectKey is = after == null ? null : serviceOf(after);
            if (was != null && !was.equals(is)) {
                refresh(was);
            }
            if (is != null) {
                refresh(is);
            }
        };
    }

    void start() {
        slices.index(new Index<>(BY_SERVICE, slice -> List.of(serviceOf(slice).toString())));
        pods.index(new Index<>(BY_ADDRESS, ZoneFeed::addresses));
        services.addHandler(onService);
        slices.addHandler(onSlice);
    }

    boolean hasSynced() {
        return services.hasSynced() && slices.hasSynced() && pods.hasSynced();
    }

    /** Whether a pod of the namespace that has not ended has the address. */
    boolean hasPod(String namespace, InetAddress address) {
        return pods.byIndex(BY_ADDRESS, namespace + "/" + address.getHostAddress()).stream()
                .anyMatch(pod -> !isOver(pod));
    }

    boolean hasPods(String namespace) {
        return !pods.list(namespace).isEmpty();
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    /** Pods on the node's own network are not told apart by their address. */
    private static List<String> addresses(Pod pod) {
        if (pod.spec().hostNetwork()) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        for (PodIP each : pod.status().podIPs()) {
            ClusterNames.address(each.ip())
                    .ifPresent(address -> keys.add(pod.metadata().namespace() + "/" + address.getHostAddress()));
        }
        return keys;
    }

    /** Two informers may tell of one service at a time: whoever comes last reads what both have stored. */
    private void refresh(ObjectKey key) {
        synchronized (zone) {
            zone.put(
                    key,
                    services.get(key)
                            .map(service ->
                                    ServiceRecords.of(service, slices.byIndex(BY_SERVICE, key.toString()), names))
                            .orElseGet(Map::of));
        }
    }

    private static ObjectKey serviceOf(EndpointSlice slice) {
        return new ObjectKey(
                slice.metadata().namespace(), slice.metadata().labels().getOrDefault(SERVICE_NAME, ""));
    }

    @Override
    public void close() {
        services.removeHandler(onService);
        slices.removeHandler(onSlice);
    }
}
