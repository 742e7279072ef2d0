package io.orchestrator.core.control.deployment;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a Deployment's ReplicaSets to what it asks for, one round of steps at a time; the sets' changes bring it back for the
 * next one.
 */
public final class DeploymentReconciler implements Reconciler {
    private static final int WORKERS = 5;

    private final Expectations expectations;

    public DeploymentReconciler(Clock clock) {
        this.expectations = new Expectations(clock);
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("deployment-controller")
                .reconciles(Deployment.TYPE)
                .watches(ReplicaSet.TYPE, Wakers::ofSet)
                .source(Wakers.ofEndedPods())
                .workers(WORKERS)
                .with(new DeploymentReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Deployment cached = context.view().get(Deployment.TYPE, key).orElse(null);
        if (cached == null) {
            expectations.forget(key);
            return Outcome.done();
        }
        RolloutWrites writes = new RolloutWrites(cached, context, expectations);
        if (LabelSelector.EMPTY.equals(cached.spec().selector())) {
            context.events()
                    .warning(
                            cached,
                            "SelectingAll",
                            "This deployment is selecting all pods. A non-empty selector is required.");
            writes.observe();
            return Outcome.done();
        }
        Rollout rollout = Rollout.of(cached, writes.claim(cachedSets(cached, context)));
        List<Step> steps = steps(rollout, context);
        if (steps.isEmpty()) {
            return writes.finish(rollout);
        }
        return switch (expectations.trust(key, cached.metadata().uid(), context.view())) {
            case CACHE -> writes.carryOut(rollout, steps);
            case NOTHING_YET -> Outcome.retryAfter(expectations.patience(), "its own writes are not all seen yet");
            case LIVE_READ_ONLY -> reconcileLive(cached, context);
        };
    }

    private Outcome reconcileLive(Deployment cached, Context context) {
        ObjectKey key = ObjectKey.of(cached);
        Deployment live = context.client()
                .deployments()
                .inNamespace(key.namespace())
                .find(key.name())
                .orElse(null);
        if (live == null || !live.metadata().uid().equals(cached.metadata().uid())) {
            return Outcome.done();
        }
        String uid = live.metadata().uid();
        String selector = Selector.of(live.spec().selector()).toString();
        List<ReplicaSet> found = context.client()
                .replicaSets()
                .inNamespace(key.namespace())
                .list(ListOptions.all().labels(selector))
                .items();
        List<Resource> known = new ArrayList<>();
        known.add(live);
        found.stream().filter(set -> Ownership.isControlledBy(set, uid)).forEach(known::add);
        List<Resource> before = new ArrayList<>(context.view().ownedBy(ReplicaSet.TYPE, uid));
        before.add(cached);
        expectations.looked(key, uid, known, before);
        RolloutWrites writes = new RolloutWrites(live, context, expectations);
        Rollout rollout = Rollout.of(live, writes.claim(found));
        return writes.carryOut(rollout, steps(rollout, context));
    }

    private static List<Step> steps(Rollout rollout, Context context) {
        return rollout.deployment().metadata().deletionTimestamp() != null
                ? List.of()
                : RolloutPlan.of(rollout, oldPodsRun(rollout, context));
    }

    /** The sets that the Deployment controls, and those that nobody does. */
    private static List<ReplicaSet> cachedSets(Deployment deployment, Context context) {
        return context.view().list(ReplicaSet.TYPE, deployment.metadata().namespace()).stream()
                .filter(set -> Ownership.controllerOf(set)
                        .map(controller ->
                                controller.uid().equals(deployment.metadata().uid()))
                        .orElse(true))
                .toList();
    }

    private static boolean oldPodsRun(Rollout rollout, Context context) {
        return rollout.old().stream()
                .anyMatch(set -> set.status().replicas() > 0
                        || set.status().observedGeneration() < set.metadata().generation()
                        || context.view().ownedBy(Pod.TYPE, set.metadata().uid()).stream()
                                .anyMatch(pod -> !PodFacts.hasEnded(pod)));
    }
}
