package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.history.LiveSet;
import io.orchestrator.core.control.history.RevisionData;
import io.orchestrator.core.control.pods.FailedPods;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.ReplicaControl;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Brings a StatefulSet nearer to what it asks for, one round at a time. */
public final class StatefulSetReconciler implements Reconciler {
    private static final int WORKERS = 5;

    private final Expectations expectations;
    private final SetRound.Memory memory;

    public StatefulSetReconciler(Clock clock) {
        this.expectations = new Expectations(clock);
        this.memory = new SetRound.Memory(expectations, new FailedPods(), new RevisionData());
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("statefulset-controller")
                .reconciles(StatefulSet.TYPE)
                .owns(ControllerRevision.TYPE)
                .source(new Source<>(
                        Pod.TYPE,
                        StatefulSetReconciler::keys,
                        (before, after) -> true,
                        List.of(ReplicaControl.orphans())))
                .workers(WORKERS)
                .with(new StatefulSetReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        StatefulSet cached = context.view().get(StatefulSet.TYPE, key).orElse(null);
        if (cached == null) {
            expectations.forget(key);
            memory.failed()
                    .retain(context.view().list(StatefulSet.TYPE, "").stream()
                            .map(set -> set.metadata().uid())
                            .collect(Collectors.toSet()));
            return Outcome.done();
        }
        String uid = cached.metadata().uid();
        List<Pod> candidates = new ArrayList<>(context.view().ownedBy(Pod.TYPE, uid));
        candidates.addAll(ReplicaControl.orphansIn(key.namespace(), context.view()));
        SetRound round =
                new SetRound(cached, candidates, context.view().ownedBy(ControllerRevision.TYPE, uid), context, memory);
        if (round.isAtRest()) {
            return round.outcome();
        }
        return switch (expectations.trust(key, uid, context.view())) {
            case CACHE -> round.carryOut();
            case NOTHING_YET -> Outcome.retryAfter(expectations.patience(), "its own writes are not all seen yet");
            case LIVE_READ_ONLY -> reconcileLive(cached, context);
        };
    }

    private Outcome reconcileLive(StatefulSet cached, Context context) {
        return LiveSet.read(StatefulSet.TYPE, cached, set -> set.spec().selector(), context, expectations)
                .map(live -> new SetRound(live.set(), live.pods(), live.revisions(), context, memory))
                .map(round -> round.isAtRest() ? round.outcome() : round.carryOut())
                .orElse(Outcome.done());
    }

    /** The set that controls the pod; of a pod without a controller, the sets that could adopt it. */
    private static List<ObjectKey> keys(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller != null) {
            return controller.kind().equals(StatefulSet.TYPE.kind())
                            && controller.apiVersion().equals(StatefulSet.TYPE.apiVersion())
                    ? List.of(new ObjectKey(namespace, controller.name()))
                    : List.of();
        }
        return view.list(StatefulSet.TYPE, namespace).stream()
                .filter(set -> Selector.of(set.spec().selector()).matches(pod)
                        && SetPods.ordinal(set, pod) != SetPods.NO_ORDINAL)
                .map(ObjectKey::of)
                .toList();
    }
}
