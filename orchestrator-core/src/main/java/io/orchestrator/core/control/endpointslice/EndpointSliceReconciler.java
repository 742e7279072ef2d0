package io.orchestrator.core.control.endpointslice;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.control.ServiceBackends;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps one service's slices. */
public final class EndpointSliceReconciler implements Reconciler {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int WORKERS = 2;

    /** Longer than usual: every object that is written here goes to all who route traffic. */
    private static final Duration REST_PER_POD = Duration.ofNanos(100_000);

    private static final Duration STALE = Duration.ofSeconds(1);

    private EndpointSliceReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("endpointslice-controller")
                .reconciles(Service.TYPE)
                .owns(EndpointSlice.TYPE)
                .source(new Source<>(Pod.TYPE, ServiceBackends::servicesOf, ServiceBackends::matters, List.of()))
                .reads(Node.TYPE)
                .workers(WORKERS)
                .restPerObject(REST_PER_POD)
                .with(new EndpointSliceReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        View view = context.view();
        Optional<Service> cached = view.get(Service.TYPE, key);
        if (cached.isEmpty()) {
            return withoutService(key, context);
        }
        Service service = cached.get();
        if (!ServiceBackends.selectsPods(service) || service.metadata().deletionTimestamp() != null) {
            return Outcome.done();
        }
        List<Pod> pods = view.list(Pod.TYPE, key.namespace(), service.spec().selector());
        List<EndpointSlice> present = managed(key, view).stream()
                .filter(slice -> isOwnedBy(slice, service))
                .toList();
        Map<String, String> zones = new HashMap<>();
        SlicePlan plan = SlicePlan.of(
                service,
                ServiceBackends.of(pods),
                present,
                node -> zones.computeIfAbsent(node, name -> zone(name, view)));
        write(plan, context.client().resources(EndpointSlice.TYPE).inNamespace(key.namespace()));
        return Outcome.done();
    }

    /** What is gained comes before what is lost, so that no endpoint is missing in between. */
    private static void write(SlicePlan plan, ResourceClient<EndpointSlice> slices) {
        plan.creates().forEach(slices::create);
        plan.updates().forEach(slices::update);
        plan.deletes().forEach(slice -> delete(slice, slices));
    }

    private static void delete(EndpointSlice slice, ResourceClient<EndpointSlice> slices) {
        try {
            slices.delete(
                    slice.metadata().name(),
                    DeleteOptions.defaults().onlyUid(slice.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static Outcome withoutService(ObjectKey key, Context context) {
        List<EndpointSlice> leftovers = managed(key, context.view());
        if (leftovers.isEmpty()) {
            return Outcome.done();
        }
        if (context.client()
                .resources(Service.TYPE)
                .inNamespace(key.namespace())
                .find(key.name())
                .isPresent()) {
            return Outcome.retryAfter(STALE, "the cache does not show the service yet");
        }
        ResourceClient<EndpointSlice> slices =
                context.client().resources(EndpointSlice.TYPE).inNamespace(key.namespace());
        leftovers.forEach(slice -> delete(slice, slices));
        return Outcome.done();
    }

    private static List<EndpointSlice> managed(ObjectKey key, View view) {
        return view.list(
                EndpointSlice.TYPE,
                key.namespace(),
                Map.of(SlicePlan.SERVICE_NAME, key.name(), SlicePlan.MANAGED_BY, SlicePlan.MANAGER));
    }

    private static boolean isOwnedBy(EndpointSlice slice, Service service) {
        return slice.metadata().ownerReferences().stream()
                .anyMatch(owner -> owner.uid().equals(service.metadata().uid()));
    }

    private static String zone(String node, View view) {
        return view.get(Node.TYPE, new ObjectKey("", node))
                .map(found -> found.metadata().labels().getOrDefault(ZONE, ""))
                .orElse("");
    }
}
