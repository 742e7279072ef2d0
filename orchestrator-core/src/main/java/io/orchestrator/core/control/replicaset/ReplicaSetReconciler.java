package io.orchestrator.core.control.replicaset;

import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.pods.ReplicaControl;
import io.orchestrator.core.control.pods.ReplicaOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps as many pods of a ReplicaSet as it asks for. */
public final class ReplicaSetReconciler implements Reconciler {
    private static final int WORKERS = 5;

    private final ReplicaControl<ReplicaSet> control;

    public ReplicaSetReconciler(Clock clock) {
        this.control = new ReplicaControl<>(new ReplicaSets(), new Expectations(clock));
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("replicaset-controller")
                .reconciles(ReplicaSet.TYPE)
                .source(new Source<>(
                        Pod.TYPE,
                        ReplicaSetReconciler::keys,
                        (before, after) -> true,
                        List.of(new Index<>(ReplicaControl.ORPHANS, ReplicaSetReconciler::orphanage))))
                .workers(WORKERS)
                .with(new ReplicaSetReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        ReplicaSet cached = context.view().get(ReplicaSet.TYPE, key).orElse(null);
        if (cached == null) {
            control.forget(key);
            return Outcome.done();
        }
        return control.sync(cached, result -> status(result, context).equals(cached.status()), context)
                .map(result -> settle(result, context))
                .orElseGet(Outcome::done);
    }

    private Outcome settle(ReplicaControl.Result<ReplicaSet> result, Context context) {
        ReplicaSet set = result.object();
        Instant now = context.clock().instant();
        ReplicaSetStatus status = status(result, context);
        if (!status.equals(set.status())) {
            context.client()
                    .replicaSets()
                    .inNamespace(set.metadata().namespace())
                    .updateStatus(set.withStatus(status));
        }
        if (result.failure() != null) {
            throw result.failure().cause();
        }
        if (result.again() != null) {
            return Outcome.retryAfter(
                    result.again(), "its own writes are not all seen yet, or failed pods are replaced slowly");
        }
        return nextAvailable(set, result.pods(), now)
                .map(delay -> Outcome.retryAfter(delay, "a pod becomes available"))
                .orElseGet(Outcome::done);
    }

    private ReplicaSetStatus status(ReplicaControl.Result<ReplicaSet> result, Context context) {
        return ReplicaSetStatuses.of(
                result,
                pod -> control.isGoing(result.object(), pod),
                context.clock().instant());
    }

    private static Optional<Duration> nextAvailable(ReplicaSet set, List<Pod> pods, Instant now) {
        return pods.stream()
                .filter(PodFacts::isActive)
                .flatMap(pod -> PodFacts.availableIn(pod, set.spec().minReadySeconds(), now).stream())
                .min(Duration::compareTo);
    }

    /** The set that controls the pod; of a pod without a controller, the sets that could adopt it. */
    private static List<ObjectKey> keys(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller != null) {
            return controller.kind().equals(ReplicaSet.TYPE.kind())
                            && controller.apiVersion().equals(ReplicaSet.TYPE.apiVersion())
                    ? List.of(new ObjectKey(namespace, controller.name()))
                    : List.of();
        }
        return view.list(ReplicaSet.TYPE, namespace).stream()
                .filter(set -> Selector.of(set.spec().selector()).matches(pod))
                .map(ObjectKey::of)
                .toList();
    }

    private static List<String> orphanage(Pod pod) {
        return Ownership.controllerOf(pod).isPresent()
                ? List.of()
                : List.of(pod.metadata().namespace());
    }

    private static final class ReplicaSets implements ReplicaControl.Kind<ReplicaSet> {
        @Override
        public ReplicaOwner describe(ReplicaSet set) {
            return new ReplicaOwner(
                    set,
                    ReplicaSet.TYPE,
                    Objects.requireNonNullElse(set.spec().replicas(), 1),
                    Selector.of(set.spec().selector()),
                    set.spec().template(),
                    set.spec().minReadySeconds());
        }

        @Override
        public ResourceClient<ReplicaSet> client(Context context, String namespace) {
            return context.client().replicaSets().inNamespace(namespace);
        }

        /** The pods of all sets that have the same controller, such as those of one roll-out. */
        @Override
        public List<Pod> related(ReplicaSet set, Context context) {
            View view = context.view();
            List<String> owners = Ownership.controllerOf(set)
                    .map(controller -> view.ownedBy(ReplicaSet.TYPE, controller.uid()).stream()
                            .map(sibling -> sibling.metadata().uid())
                            .toList())
                    .filter(siblings -> !siblings.isEmpty())
                    .orElse(List.of(set.metadata().uid()));
            return owners.stream()
                    .flatMap(owner -> view.ownedBy(Pod.TYPE, owner).stream())
                    .filter(PodFacts::isActive)
                    .toList();
        }
    }
}
