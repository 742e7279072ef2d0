package io.orchestrator.core.control.endpointslicemirroring;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the slices that mirror the endpoints of one service. */
public final class MirrorReconciler implements Reconciler {
    private static final int WORKERS = 2;
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    /** Endpoints once served as the lock of an election; such are nobody's addresses. */
    private static final String LOCK = "control-plane.alpha.kubernetes.io/leader";

    private MirrorReconciler() {}

    /** The controller, ready for the engine. */
    public static ControllerSpec spec() {
        return ControllerSpec.named("endpointslicemirroring-controller")
                .reconciles(Endpoints.TYPE)
                .watches(Service.TYPE, (service, view) -> List.of(ObjectKey.of(service)))
                .watches(EndpointSlice.TYPE, (slice, view) -> mirrored(slice))
                .workers(WORKERS)
                .with(new MirrorReconciler());
    }

    private static List<ObjectKey> mirrored(EndpointSlice slice) {
        Map<String, String> labels = slice.metadata().labels();
        String service = labels.get(MirrorPlan.SERVICE_NAME);
        return service == null || !MirrorPlan.MANAGER.equals(labels.get(MirrorPlan.MANAGED_BY))
                ? List.of()
                : List.of(new ObjectKey(slice.metadata().namespace(), service));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        List<EndpointSlice> present = context.view()
                .list(
                        EndpointSlice.TYPE,
                        key.namespace(),
                        Map.of(MirrorPlan.SERVICE_NAME, key.name(), MirrorPlan.MANAGED_BY, MirrorPlan.MANAGER));
        Optional<Endpoints> endpoints = context.view().get(Endpoints.TYPE, key);
        Optional<Service> service = context.view().get(Service.TYPE, key);
        if (isToMirror(endpoints, service)) {
            mirror(endpoints.orElseThrow(), present, context);
        } else if (!present.isEmpty()
                && !isToMirror(live(Endpoints.TYPE, key, context), live(Service.TYPE, key, context))) {
            // The cache alone may be older than the slices.
            ResourceClient<EndpointSlice> slices = slices(key, context);
            present.forEach(slice -> delete(slice, slices));
        }
        return Outcome.done();
    }

    private static boolean isToMirror(Optional<Endpoints> endpoints, Optional<Service> service) {
        return endpoints
                        .filter(each -> each.metadata().deletionTimestamp() == null)
                        .filter(each -> !"true".equals(each.metadata().labels().get(SKIP)))
                        .filter(each -> !each.metadata().annotations().containsKey(LOCK))
                        .isPresent()
                && service.filter(each -> each.metadata().deletionTimestamp() == null)
                        .filter(each -> each.spec().selector().isEmpty())
                        .isPresent();
    }

    private static void mirror(Endpoints endpoints, List<EndpointSlice> present, Context context) {
        MirrorPlan plan = MirrorPlan.of(endpoints, present);
        if (plan.skipped() > 0) {
            context.events()
                    .as("endpoint-slice-mirroring-controller")
                    .warning(
                            endpoints,
                            "TooManyAddressesToMirror",
                            "A max of " + MirrorPlan.MOST_ADDRESSES
                                    + " addresses can be mirrored to EndpointSlices per Endpoints subset. "
                                    + plan.skipped() + " addresses were skipped");
        }
        ResourceClient<EndpointSlice> slices = slices(ObjectKey.of(endpoints), context);
        // What is gained comes before what is lost, so that no endpoint is missing in between.
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

    private static <T extends Resource> Optional<T> live(ResourceType<T> type, ObjectKey key, Context context) {
        return context.client().resources(type).inNamespace(key.namespace()).find(key.name());
    }

    private static ResourceClient<EndpointSlice> slices(ObjectKey key, Context context) {
        return context.client().resources(EndpointSlice.TYPE).inNamespace(key.namespace());
    }
}
