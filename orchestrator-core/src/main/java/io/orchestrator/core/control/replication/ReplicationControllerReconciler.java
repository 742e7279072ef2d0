package io.orchestrator.core.control.replication;

import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerStatus;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.pods.ReplicaControl;
import io.orchestrator.core.control.pods.ReplicaOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps as many pods of a ReplicationController as it asks for. */
public final class ReplicationControllerReconciler implements Reconciler {
    private static final int WORKERS = 5;

    private final ReplicaControl<ReplicationController> control;

    public ReplicationControllerReconciler(Clock clock) {
        this.control = new ReplicaControl<>(new ReplicationControllers(), new Expectations(clock));
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("replication-controller")
                .reconciles(ReplicationController.TYPE)
                .source(new Source<>(
                        Pod.TYPE,
                        ReplicationControllerReconciler::keys,
                        (before, after) -> true,
                        List.of(ReplicaControl.orphans())))
                .workers(WORKERS)
                .with(new ReplicationControllerReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        ReplicationController cached =
                context.view().get(ReplicationController.TYPE, key).orElse(null);
        if (cached == null) {
            control.forget(key);
            return Outcome.done();
        }
        return control.sync(cached, result -> status(result, context).equals(cached.status()), context)
                .map(result -> settle(result, context))
                .orElseGet(Outcome::done);
    }

    private Outcome settle(ReplicaControl.Result<ReplicationController> result, Context context) {
        ReplicationController controller = result.object();
        ReplicationControllerStatus status = status(result, context);
        if (!status.equals(controller.status())) {
            context.client()
                    .resources(ReplicationController.TYPE)
                    .inNamespace(controller.metadata().namespace())
                    .updateStatus(controller.withStatus(status));
        }
        if (result.failure() != null) {
            throw result.failure().cause();
        }
        if (result.again() != null) {
            return Outcome.retryAfter(
                    result.again(), "its own writes are not all seen yet, or failed pods are replaced slowly");
        }
        return nextAvailable(controller, result.pods(), context.clock().instant())
                .map(delay -> Outcome.retryAfter(delay, "a pod becomes available"))
                .orElseGet(Outcome::done);
    }

    private ReplicationControllerStatus status(ReplicaControl.Result<ReplicationController> result, Context context) {
        return ReplicationStatuses.of(
                result,
                owner(result.object()),
                control.going(result.object()),
                context.clock().instant());
    }

    private static Optional<Duration> nextAvailable(ReplicationController controller, List<Pod> pods, Instant now) {
        if (controller.spec().minReadySeconds() == 0) {
            return Optional.empty(); // whoever is ready is available
        }
        return pods.stream()
                .filter(PodFacts::isActive)
                .flatMap(pod -> PodFacts.availableIn(pod, controller.spec().minReadySeconds(), now).stream())
                .min(Duration::compareTo);
    }

    /** Who controls the pod; of a pod without a controller, those that could adopt it. */
    private static List<ObjectKey> keys(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller != null) {
            return controller.kind().equals(ReplicationController.TYPE.kind())
                            && controller.apiVersion().equals(ReplicationController.TYPE.apiVersion())
                    ? List.of(new ObjectKey(namespace, controller.name()))
                    : List.of();
        }
        return view.list(ReplicationController.TYPE, namespace).stream()
                .filter(each -> selector(each).matches(pod))
                .map(ObjectKey::of)
                .toList();
    }

    /** A selector that asks for nothing stands for no pods here, not for all. */
    private static Selector selector(ReplicationController controller) {
        Map<String, String> labels = controller.spec().selector();
        return labels.isEmpty() ? Selector.nothing() : Selector.of(labels);
    }

    private static ReplicaOwner owner(ReplicationController controller) {
        return new ReplicaOwner(
                controller,
                ReplicationController.TYPE,
                Objects.requireNonNullElse(controller.spec().replicas(), 1),
                selector(controller),
                Objects.requireNonNullElse(controller.spec().template(), PodTemplateSpec.EMPTY),
                controller.spec().minReadySeconds());
    }

    private static final class ReplicationControllers implements ReplicaControl.Kind<ReplicationController> {
        @Override
        public ReplicaOwner describe(ReplicationController controller) {
            return owner(controller);
        }

        @Override
        public ResourceClient<ReplicationController> client(Context context, String namespace) {
            return context.client().resources(ReplicationController.TYPE).inNamespace(namespace);
        }

        @Override
        public List<Pod> related(ReplicationController controller, Context context) {
            return context.view().ownedBy(Pod.TYPE, controller.metadata().uid()).stream()
                    .filter(PodFacts::isActive)
                    .toList();
        }
    }
}
