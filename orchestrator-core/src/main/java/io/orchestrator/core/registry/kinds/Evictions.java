package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.PodClient;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Condition;
import io.orchestrator.api.meta.ConditionBuilder;
import io.orchestrator.api.meta.Preconditions;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.policy.Eviction;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import io.orchestrator.api.model.policy.UnhealthyPodEvictionPolicyType;
import io.orchestrator.core.registry.Failures;
import io.orchestrator.core.registry.Subresource.Removal.Grant;
import io.orchestrator.core.registry.Subresource.Removal.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a pod may be evicted: as far as the disruption budget that covers it has room, from which the pod is taken here, so
 * that two evictions at a time cannot both take the last of it. The controller of budgets only counts what is left.
 */
final class Evictions {
    private static final String ALLOWED = "DisruptionAllowed";
    private static final String TARGET = "DisruptionTarget";
    private static final int MAX_DISRUPTED = 2_000;
    /** Until the controller has looked at a new budget. */
    private static final int UNSEEN_RETRY_SECONDS = 10;
    /** Pods come and go; a client that waits asks again soon. */
    private static final int FULL_RETRY_SECONDS = 1;

    private Evictions() {}

    /** @throws ApiException with reason TooManyRequests when the budget has no room */
    static Grant<Pod> ask(Pod pod, Ledger ledger) {
        if (isNoDisruption(pod)) {
            return granted(ledger, true);
        }
        List<PodDisruptionBudget> covering = ledger
                .list(PodDisruptionBudget.TYPE, pod.metadata().namespace())
                .stream()
                .filter(budget -> covers(budget, pod))
                .toList();
        if (covering.size() > 1) {
            throw new ApiException(
                    Reason.INTERNAL_ERROR,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        if (covering.isEmpty()) {
            return granted(ledger, false);
        }
        PodDisruptionBudget budget = covering.get(0);
        if (!PodClient.isReady(pod) && mayGoUnhealthy(budget)) {
            return granted(ledger, true);
        }
        ledger.change(
                PodDisruptionBudget.TYPE,
                budget.metadata().namespace(),
                budget.metadata().name(),
                current -> taken(current, pod.metadata().name(), ledger.now()));
        return granted(ledger, false);
    }

    /** What has ended, has not begun or is going anyway is missed by nobody. */
    private static boolean isNoDisruption(Pod pod) {
        return switch (pod.status().phase()) {
            case PodPhase.SUCCEEDED, PodPhase.FAILED, PodPhase.PENDING -> true;
            default -> pod.metadata().deletionTimestamp() != null;
        };
    }

    private static boolean covers(PodDisruptionBudget budget, Pod pod) {
        return !pod.metadata().labels().isEmpty()
                && budget.spec().selector() != null
                && Selector.of(budget.spec().selector()).matches(pod.metadata().labels());
    }

    /** A pod that is not healthy counts for no budget, so its going takes nothing from one. */
    private static boolean mayGoUnhealthy(PodDisruptionBudget budget) {
        PodDisruptionBudgetStatus status = budget.status();
        return UnhealthyPodEvictionPolicyType.ALWAYS_ALLOW.equals(budget.spec().unhealthyPodEvictionPolicy())
                || (status.currentHealthy() >= status.desiredHealthy() && status.desiredHealthy() > 0);
    }

    private static PodDisruptionBudget taken(PodDisruptionBudget budget, String pod, Instant now) {
        PodDisruptionBudgetStatus status = budget.status();
        String name = budget.metadata().name();
        if (status.observedGeneration() < budget.metadata().generation()) {
            throw tooMany(
                    "The disruption budget " + name + " is still being processed by the server.", UNSEEN_RETRY_SECONDS);
        }
        if (status.disruptionsAllowed() < 0) {
            throw Failures.forbidden(PodDisruptionBudget.TYPE, name, "pdb disruptions allowed is negative", List.of());
        }
        if (status.disruptedPods().size() > MAX_DISRUPTED) {
            throw Failures.forbidden(
                    PodDisruptionBudget.TYPE,
                    name,
                    "DisruptedPods map too big - too many evictions not confirmed by PDB controller",
                    List.of());
        }
        if (status.disruptionsAllowed() == 0) {
            throw tooMany(
                    "The disruption budget " + name + " needs " + status.desiredHealthy() + " healthy pods and has "
                            + status.currentHealthy() + " currently",
                    FULL_RETRY_SECONDS);
        }
        Map<String, Time> disrupted = new LinkedHashMap<>(status.disruptedPods());
        disrupted.put(pod, Time.of(now));
        int left = status.disruptionsAllowed() - 1;
        return budget.withStatus(PodDisruptionBudgetStatusBuilder.builder(status)
                .disruptionsAllowed(left)
                .disruptedPods(disrupted)
                .conditions(left > 0 ? status.conditions() : exhausted(budget, now))
                .build());
    }

    private static List<Condition> exhausted(PodDisruptionBudget budget, Instant now) {
        List<Condition> conditions = new ArrayList<>(budget.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(ALLOWED));
        conditions.add(ConditionBuilder.builder()
                .type(ALLOWED)
                .status("False")
                .reason("InsufficientPods")
                .observedGeneration(budget.status().observedGeneration())
                .lastTransitionTime(Time.of(now))
                .build());
        return conditions;
    }

    private static ApiException tooMany(String why, int retrySeconds) {
        return new ApiException(
                Reason.TOO_MANY_REQUESTS,
                "Cannot evict pod as it would violate the pod's disruption budget.",
                ApiException.Subject.NONE,
                List.of(new Cause("DisruptionBudget", "", why)),
                retrySeconds);
    }

    private static Grant<Pod> granted(Ledger ledger, boolean asSeen) {
        return new Grant<>(pod -> marked(pod, ledger.now()), asSeen);
    }

    private static Pod marked(Pod pod, Instant now) {
        List<PodCondition> conditions = new ArrayList<>(pod.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(TARGET));
        conditions.add(PodConditionBuilder.builder()
                .type(TARGET)
                .status("True")
                .reason("EvictionByEvictionAPI")
                .message("Eviction API: evicting")
                .lastTransitionTime(Time.of(now))
                .build());
        return pod.withStatus(pod.status().withConditions(conditions));
    }

    /** The options that it carries. */
    static DeleteOptions asDeletion(Eviction eviction) {
        io.orchestrator.api.meta.DeleteOptions wanted = eviction.deleteOptions();
        DeleteOptions options = DeleteOptions.defaults();
        if (wanted == null) {
            return options;
        }
        if (wanted.gracePeriodSeconds() != null) {
            options = options.grace(wanted.gracePeriodSeconds());
        }
        Preconditions preconditions = wanted.preconditions();
        if (preconditions != null && preconditions.uid() != null) {
            options = options.onlyUid(preconditions.uid());
        }
        if (preconditions != null && preconditions.resourceVersion() != null) {
            options = options.onlyVersion(preconditions.resourceVersion());
        }
        return wanted.dryRun().isEmpty() ? options : options.dryRunOnly();
    }
}
