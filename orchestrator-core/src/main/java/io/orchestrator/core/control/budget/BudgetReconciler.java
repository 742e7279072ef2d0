package io.orchestrator.core.control.budget;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.scale.ScaleTargets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one budget's status true. It is written on the version that was counted on, so that an eviction that was granted meanwhile is never
 * forgotten.
 */
public final class BudgetReconciler implements Reconciler {
    private final Expectations expectations;
    private final ScaleTargets targets;

    private BudgetReconciler(ScaleTargets targets, Clock clock) {
        this.expectations = new Expectations(clock);
        this.targets = targets;
    }

    /** @param targets the kinds whose scale tells how many pods they want */
    public static ControllerSpec controller(ScaleTargets targets, Clock clock) {
        return ControllerSpec.named("disruption-controller")
                .reconciles(PodDisruptionBudget.TYPE)
                .watches(Pod.TYPE, BudgetReconciler::budgetsOf)
                .watches(
                        ReplicaSet.TYPE, (set, view) -> budgetsIn(set.metadata().namespace(), view))
                .watches(
                        Deployment.TYPE, (set, view) -> budgetsIn(set.metadata().namespace(), view))
                .watches(
                        StatefulSet.TYPE,
                        (set, view) -> budgetsIn(set.metadata().namespace(), view))
                .watches(
                        ReplicationController.TYPE,
                        (set, view) -> budgetsIn(set.metadata().namespace(), view))
                .with(new BudgetReconciler(targets, clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        PodDisruptionBudget cached =
                context.view().get(PodDisruptionBudget.TYPE, key).orElse(null);
        if (cached == null) {
            expectations.forget(key);
            return Outcome.done();
        }
        Selector selector = Selector.of(cached.spec().selector());
        List<Pod> pods = context.view().list(Pod.TYPE, key.namespace()).stream()
                .filter(selector::matches)
                .toList();
        Round round = round(cached, pods, context);
        if (round.next().equals(cached.status())) {
            return round.outcome();
        }
        return switch (expectations.trust(key, cached.metadata().uid(), context.view())) {
            case CACHE -> write(cached, round, context);
            case NOTHING_YET -> Outcome.retryAfter(expectations.patience(), "its own writes are not all seen yet");
            case LIVE_READ_ONLY -> reconcileLive(cached, pods, context);
        };
    }

    private Outcome reconcileLive(PodDisruptionBudget cached, List<Pod> seen, Context context) {
        ObjectKey key = ObjectKey.of(cached);
        PodDisruptionBudget live = context.client()
                .resources(PodDisruptionBudget.TYPE)
                .inNamespace(key.namespace())
                .find(key.name())
                .filter(found -> found.metadata().uid().equals(cached.metadata().uid()))
                .orElse(null);
        if (live == null) {
            return Outcome.done();
        }
        Selector selector = Selector.of(live.spec().selector());
        List<Pod> pods = context
                .client()
                .pods()
                .inNamespace(key.namespace())
                .list(ListOptions.all().labels(selector.toString()))
                .items()
                .stream()
                .filter(selector::matches)
                .toList();
        List<Resource> known = new ArrayList<>(pods);
        known.add(live);
        List<Resource> before = new ArrayList<>(seen);
        before.add(cached);
        expectations.looked(key, live.metadata().uid(), known, before);
        return write(live, round(live, pods, context), context);
    }

    /** What follows from one look. */
    private record Round(PodDisruptionBudgetStatus next, List<Pod> overdue, Optional<Duration> again) {
        Outcome outcome() {
            return again.map(delay ->
                            Outcome.retryAfter(delay, "an eviction that was granted should have happened then"))
                    .orElseGet(Outcome::done);
        }
    }

    private Round round(PodDisruptionBudget budget, List<Pod> pods, Context context) {
        Instant now = context.clock().instant();
        try {
            Demand demand = Demand.of(budget, pods, (namespace, owner) -> targets.wanted(namespace, owner, context));
            if (!demand.unmanaged().isEmpty() && budget.status().observedGeneration() == 0) {
                events(context)
                        .warning(
                                budget,
                                "UnmanagedPods",
                                "Pods selected by this PodDisruptionBudget (" + demand.unmanaged()
                                        + ") were found to be unmanaged. As a result, the status of the PDB cannot be"
                                        + " calculated correctly, which may result in undefined behavior."
                                        + " To account for these pods please set \".spec.minAvailable\" field of the"
                                        + " PDB to an integer value.");
            }
            BudgetCount count = BudgetCount.of(budget, pods, demand, now);
            return new Round(count.status(), count.overdue(), count.again());
        } catch (Demand.UnknownException e) {
            return new Round(
                    BudgetCount.unknown(budget, String.valueOf(e.getMessage()), now), List.of(), Optional.empty());
        }
    }

    private Outcome write(PodDisruptionBudget budget, Round round, Context context) {
        if (round.next().equals(budget.status())) {
            return round.outcome();
        }
        ObjectKey key = ObjectKey.of(budget);
        expectations.wrote(
                key,
                context.client()
                        .resources(PodDisruptionBudget.TYPE)
                        .inNamespace(key.namespace())
                        .updateStatus(budget.withStatus(round.next())));
        round.overdue()
                .forEach(pod -> events(context)
                        .warning(pod, "NotDeleted", "Pod was expected by PDB " + key + " to be deleted but it wasn't"));
        tell(budget, round.next(), context);
        return round.outcome();
    }

    private static void tell(PodDisruptionBudget budget, PodDisruptionBudgetStatus next, Context context) {
        next.conditions().stream()
                .filter(condition -> condition.reason().equals("SyncFailed"))
                .forEach(condition -> events(context)
                        .warning(
                                budget,
                                "CalculateExpectedPodCountFailed",
                                "Failed to calculate the number of expected pods: " + condition.message()));
        boolean changed = budget.status().observedGeneration() != next.observedGeneration();
        if (changed && next.expectedPods() == 0) {
            events(context).normal(budget, "NoPods", "No matching pods found");
        }
    }

    /** Under the name that people know from Kubernetes, where this controller tells as the process that it runs in. */
    private static Events events(Context context) {
        return context.events().as("controllermanager");
    }

    private static List<ObjectKey> budgetsOf(Pod pod, View view) {
        return view.list(PodDisruptionBudget.TYPE, pod.metadata().namespace()).stream()
                .filter(budget -> Selector.of(budget.spec().selector()).matches(pod))
                .map(ObjectKey::of)
                .toList();
    }

    private static List<ObjectKey> budgetsIn(String namespace, View view) {
        return view.list(PodDisruptionBudget.TYPE, namespace).stream()
                .map(ObjectKey::of)
                .toList();
    }
}
