package io.orchestrator.core.control.endpoints;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.control.ServiceBackends;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps one service's {@code Endpoints}. */
public final class EndpointsReconciler implements Reconciler {
    private static final int WORKERS = 2;

    /** Longer than usual: every object that is written here goes to all who route traffic. */
    private static final Duration REST_PER_POD = Duration.ofNanos(100_000);

    private static final Duration STALE = Duration.ofSeconds(1);

    private EndpointsReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("endpoint-controller")
                .reconciles(Service.TYPE)
                .owns(Endpoints.TYPE)
                .source(new Source<>(Pod.TYPE, ServiceBackends::servicesOf, ServiceBackends::matters, List.of()))
                .workers(WORKERS)
                .restPerObject(REST_PER_POD)
                .with(new EndpointsReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<Service> service = context.view().get(Service.TYPE, key);
        Optional<Endpoints> present = context.view().get(Endpoints.TYPE, key);
        if (service.isEmpty()) {
            return present.map(endpoints -> withoutService(endpoints, key, context))
                    .orElseGet(Outcome::done);
        }
        if (!ServiceBackends.selectsPods(service.get())
                || service.get().metadata().deletionTimestamp() != null) {
            return Outcome.done();
        }
        List<Pod> pods = context.view()
                .list(Pod.TYPE, key.namespace(), service.get().spec().selector());
        Endpoints before = present.orElseGet(() -> new Endpoints(ObjectMeta.EMPTY, List.of()));
        Endpoints next = EndpointsPlan.next(service.get(), ServiceBackends.of(pods), before);
        if (present.isEmpty()) {
            endpoints(key, context).create(next);
        } else if (!next.equals(before)) {
            endpoints(key, context).update(next);
        }
        return Outcome.done();
    }

    /** Only what a service owned goes with it: endpoints that somebody wrote by hand may be waiting for theirs. */
    private static Outcome withoutService(Endpoints endpoints, ObjectKey key, Context context) {
        boolean owned = endpoints.metadata().ownerReferences().stream()
                .anyMatch(owner -> owner.kind().equals(Service.TYPE.kind()));
        if (!owned) {
            return Outcome.done();
        }
        ResourceClient<Service> services =
                context.client().resources(Service.TYPE).inNamespace(key.namespace());
        if (services.find(key.name()).isPresent()) {
            return Outcome.retryAfter(STALE, "the cache does not show the service yet");
        }
        ResourceClient<Endpoints> client = endpoints(key, context);
        if (client.find(key.name()).isPresent()) {
            client.delete(
                    key.name(),
                    DeleteOptions.defaults().onlyUid(endpoints.metadata().uid()));
        }
        return Outcome.done();
    }

    private static ResourceClient<Endpoints> endpoints(ObjectKey key, Context context) {
        return context.client().resources(Endpoints.TYPE).inNamespace(key.namespace());
    }
}
