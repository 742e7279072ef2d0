package io.orchestrator.core.control.replicaset;

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
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.AvailabilityFloor;
import io.orchestrator.core.control.pods.AvailabilityFloor.Share;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.pods.ReplicaControl;
import io.orchestrator.core.control.pods.ReplicaOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
                        List.of(ReplicaControl.orphans())))
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
                    result.again(),
                    "there is more to do, its own writes are not all seen yet, or failed pods are replaced slowly");
        }
        return nextAvailable(set, result.pods(), context.view(), now)
                .map(delay -> Outcome.retryAfter(delay, "a pod becomes available"))
                .orElseGet(Outcome::done);
    }

    private ReplicaSetStatus status(ReplicaControl.Result<ReplicaSet> result, Context context) {
        return ReplicaSetStatuses.of(
                result,
                describeSet(result.object()),
                control.going(result.object()),
                context.clock().instant());
    }

    /** When the next pod turns available by the mere passing of time; one of a sibling's, if this set waits for those. */
    private static Optional<Duration> nextAvailable(ReplicaSet set, List<Pod> pods, View view, Instant now) {
        Stream<Duration> own = delays(set, pods, now);
        List<ReplicaSet> slow = siblings(set, view).stream()
                .filter(sibling -> sibling.spec().minReadySeconds() > 0)
                .toList();
        boolean waits =
                !slow.isEmpty() && pods.stream().filter(PodFacts::isActive).count() > replicas(set);
        Stream<Duration> others = waits
                ? slow.stream()
                        .flatMap(sibling -> delays(
                                sibling,
                                view.ownedBy(Pod.TYPE, sibling.metadata().uid()),
                                now))
                : Stream.empty();
        return Stream.concat(own, others).min(Duration::compareTo);
    }

    private static Stream<Duration> delays(ReplicaSet set, Collection<Pod> pods, Instant now) {
        if (set.spec().minReadySeconds() == 0) {
            return Stream.empty(); // whoever is ready is available
        }
        return pods.stream()
                .filter(PodFacts::isActive)
                .flatMap(pod -> PodFacts.availableIn(pod, set.spec().minReadySeconds(), now).stream());
    }

    /**
     * The set that controls the pod, and such of its siblings as wait with a deletion for the pods of others; of a pod without
     * a controller, the sets that could adopt it.
     */
    private static List<ObjectKey> keys(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller != null) {
            return controller.kind().equals(ReplicaSet.TYPE.kind())
                            && controller.apiVersion().equals(ReplicaSet.TYPE.apiVersion())
                    ? withWaitingSiblings(new ObjectKey(namespace, controller.name()), view)
                    : List.of();
        }
        return view.list(ReplicaSet.TYPE, namespace).stream()
                .filter(set -> Selector.of(set.spec().selector()).matches(pod))
                .map(ObjectKey::of)
                .toList();
    }

    private static List<ObjectKey> withWaitingSiblings(ObjectKey key, View view) {
        ReplicaSet set = view.get(ReplicaSet.TYPE, key).orElse(null);
        if (set == null) {
            return List.of(key);
        }
        List<ObjectKey> keys = new ArrayList<>();
        keys.add(key);
        for (ReplicaSet sibling : siblings(set, view)) {
            if (sibling.status().replicas() > replicas(sibling)
                    && !sibling.metadata().name().equals(key.name())) {
                keys.add(ObjectKey.of(sibling));
            }
        }
        return keys;
    }

    /** The sets that have the same controller, this one among them; it alone when it has none. */
    private static List<ReplicaSet> siblings(ReplicaSet set, View view) {
        return Ownership.controllerOf(set)
                .map(controller -> view.ownedBy(ReplicaSet.TYPE, controller.uid()))
                .filter(siblings -> !siblings.isEmpty())
                .orElse(List.of(set));
    }

    private static ReplicaOwner describeSet(ReplicaSet set) {
        return new ReplicaOwner(
                set,
                ReplicaSet.TYPE,
                replicas(set),
                Selector.of(set.spec().selector()),
                set.spec().template(),
                set.spec().minReadySeconds());
    }

    private static int replicas(ReplicaSet set) {
        return Objects.requireNonNullElse(set.spec().replicas(), 1);
    }

    private static final class ReplicaSets implements ReplicaControl.Kind<ReplicaSet> {
        @Override
        public ReplicaOwner describe(ReplicaSet set) {
            return describeSet(set);
        }

        @Override
        public ResourceClient<ReplicaSet> client(Context context, String namespace) {
            return context.client().replicaSets().inNamespace(namespace);
        }

        /** The pods of all sets that have the same controller, such as those of one roll-out. */
        @Override
        public List<Pod> related(ReplicaSet set, Context context) {
            View view = context.view();
            return siblings(set, view).stream()
                    .flatMap(
                            sibling -> view.ownedBy(Pod.TYPE, sibling.metadata().uid()).stream())
                    .filter(PodFacts::isActive)
                    .toList();
        }

        /** All, unless whoever controls the set noted how many it and its siblings must keep. */
        @Override
        public int spare(ReplicaSet set, List<Pod> pods, Context context) {
            if (Ownership.controllerOf(set).isEmpty()) {
                return Integer.MAX_VALUE;
            }
            View view = context.view();
            List<Share> others = siblings(set, view).stream()
                    .filter(sibling ->
                            !sibling.metadata().uid().equals(set.metadata().uid()))
                    .map(sibling -> share(
                            sibling, view.ownedBy(Pod.TYPE, sibling.metadata().uid())))
                    .toList();
            return AvailabilityFloor.of(set)
                    .map(floor -> AvailabilityFloor.spare(
                            floor, share(set, pods), others, context.clock().instant()))
                    .orElse(Integer.MAX_VALUE);
        }

        private static Share share(ReplicaSet set, Collection<Pod> pods) {
            return new Share(
                    set.metadata().name(), replicas(set), pods, set.spec().minReadySeconds());
        }
    }
}
