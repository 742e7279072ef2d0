package io.orchestrator.core.control.loadbalancer;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.LoadBalancerStatus;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceStatusBuilder;
import io.orchestrator.api.model.core.ServiceType;
import io.orchestrator.spi.network.LoadBalancers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Has services of type LoadBalancer reached from outside, and announces where. At rest it writes nothing. */
public final class LoadBalancerReconciler implements Reconciler {
    static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final LoadBalancers balancers;
    private boolean restored;

    private LoadBalancerReconciler(LoadBalancers balancers) {
        this.balancers = balancers;
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec spec(LoadBalancers balancers) {
        return ControllerSpec.named("service-lb-controller")
                .reconciles(Service.TYPE)
                .workers(1)
                .with(new LoadBalancerReconciler(balancers));
    }

    @Override
    public synchronized Outcome reconcile(ObjectKey key, Context context) {
        if (!restored) {
            balancers.restore(context.view().list(Service.TYPE, ""));
            restored = true;
        }
        Service service = context.view().get(Service.TYPE, key).orElse(null);
        if (service == null) {
            return Outcome.done();
        }
        boolean wanted = isMeant(service) && service.metadata().deletionTimestamp() == null;
        boolean marked = service.metadata().finalizers().contains(FINALIZER);
        if (!wanted) {
            return marked ? release(service, context) : Outcome.done();
        }
        return ensure(marked ? service : mark(service, context), context);
    }

    private boolean isMeant(Service service) {
        return service.spec().type().equals(ServiceType.LOAD_BALANCER)
                && Objects.requireNonNullElse(service.spec().loadBalancerClass(), "")
                        .equals(balancers.loadBalancerClass());
    }

    private Outcome ensure(Service service, Context context) {
        List<LoadBalancerIngress> ingress;
        try {
            ingress = balancers.ensure(service);
        } catch (IllegalStateException e) {
            String why = "Error syncing load balancer: " + e.getMessage();
            context.events().warning(service, "SyncLoadBalancerFailed", why);
            return Outcome.retryAfter(AFTER_FAILURE, why);
        }
        if (ingress.isEmpty()) {
            return Outcome.retryAfter(AGAIN, "the load balancer is not ready yet");
        }
        if (!service.status().loadBalancer().ingress().equals(ingress)) {
            write(service, ingress, context);
            context.events().normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
        }
        return Outcome.done();
    }

    /** The mark comes first, so that nothing is given to a service that may vanish without giving it back. */
    private static Service mark(Service service, Context context) {
        List<String> finalizers = new ArrayList<>(service.metadata().finalizers());
        finalizers.add(FINALIZER);
        return finalizers(service, finalizers, context);
    }

    private Outcome release(Service service, Context context) {
        balancers.release(service);
        Service current = service;
        if (!service.status().loadBalancer().ingress().isEmpty()
                && service.metadata().deletionTimestamp() == null) {
            current = write(service, List.of(), context);
        }
        List<String> finalizers = new ArrayList<>(current.metadata().finalizers());
        finalizers.remove(FINALIZER);
        finalizers(current, finalizers, context);
        if (service.metadata().deletionTimestamp() == null) {
            context.events().normal(service, "DeletedLoadBalancer", "Deleted load balancer");
        }
        return Outcome.done();
    }

    private static Service finalizers(Service service, List<String> finalizers, Context context) {
        return context.client()
                .services()
                .inNamespace(service.metadata().namespace())
                .update(service.withMetadata(ObjectMetaBuilder.builder(service.metadata())
                        .finalizers(finalizers)
                        .build()));
    }

    private static Service write(Service service, List<LoadBalancerIngress> ingress, Context context) {
        return context.client()
                .services()
                .inNamespace(service.metadata().namespace())
                .updateStatus(service.withStatus(ServiceStatusBuilder.builder(service.status())
                        .loadBalancer(new LoadBalancerStatus(ingress))
                        .build()));
    }
}
