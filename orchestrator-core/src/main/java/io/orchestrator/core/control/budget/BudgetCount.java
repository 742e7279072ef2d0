package io.orchestrator.core.control.budget;

import io.orchestrator.api.meta.Condition;
import io.orchestrator.api.meta.ConditionBuilder;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a budget's pods come to.
 *
 * @param status what is to be said of them
 * @param overdue pods whose eviction was granted and which did not go in time
 * @param again when to look again, whatever happens
 */
record BudgetCount(PodDisruptionBudgetStatus status, List<Pod> overdue, Optional<Duration> again) {
    /** So long after it was granted an eviction is taken to have failed. */
    private static final Duration EVICTION = Duration.ofMinutes(2);

    static BudgetCount of(PodDisruptionBudget budget, Collection<Pod> pods, Demand demand, Instant now) {
        Map<String, Time> disrupted = new TreeMap<>();
        List<Pod> overdue = new ArrayList<>();
        Duration again = null;
        int healthy = 0;
        for (Pod pod : pods) {
            if (pod.metadata().deletionTimestamp() != null) {
                continue;
            }
            Time granted = budget.status().disruptedPods().get(pod.metadata().name());
            Duration left = granted == null
                    ? Duration.ZERO
                    : Duration.between(now, granted.instant().plus(EVICTION));
            boolean going = granted != null && left.compareTo(Duration.ZERO) > 0;
            if (going) {
                disrupted.put(pod.metadata().name(), granted);
                again = again == null || left.compareTo(again) < 0 ? left : again;
            } else {
                if (granted != null) {
                    overdue.add(pod);
                }
                healthy += PodFacts.isReady(pod) ? 1 : 0;
            }
        }
        int allowed = demand.expected() <= 0 ? 0 : Math.max(0, healthy - demand.healthy());
        PodDisruptionBudgetStatus status = PodDisruptionBudgetStatusBuilder.builder()
                .observedGeneration(budget.metadata().generation())
                .disruptedPods(disrupted)
                .disruptionsAllowed(allowed)
                .currentHealthy(healthy)
                .desiredHealthy(demand.healthy())
                .expectedPods(demand.expected())
                .conditions(
                        conditions(budget, allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "", now))
                .build();
        return new BudgetCount(status, List.copyOf(overdue), Optional.ofNullable(again));
    }

    /** Where nobody can say how many pods there should be, none may go. */
    static PodDisruptionBudgetStatus unknown(PodDisruptionBudget budget, String why, Instant now) {
        return PodDisruptionBudgetStatusBuilder.builder(budget.status())
                .observedGeneration(budget.metadata().generation())
                .disruptionsAllowed(0)
                .conditions(conditions(budget, false, "SyncFailed", why, now))
                .build();
    }

    private static List<Condition> conditions(
            PodDisruptionBudget budget, boolean allowed, String reason, String message, Instant now) {
        String status = allowed ? ConditionStatus.TRUE : ConditionStatus.FALSE;
        Condition before = budget.status().conditions().stream()
                .filter(condition -> condition.type().equals("DisruptionAllowed"))
                .findFirst()
                .orElse(null);
        Time since = before != null && before.status().equals(status) ? before.lastTransitionTime() : null;
        Condition next = ConditionBuilder.builder()
                .type("DisruptionAllowed")
                .status(status)
                .reason(reason)
                .message(message)
                .observedGeneration(budget.metadata().generation())
                .lastTransitionTime(since == null ? Time.of(now) : since)
                .build();
        List<Condition> conditions = new ArrayList<>(budget.status().conditions());
        conditions.removeIf(condition -> condition.type().equals("DisruptionAllowed"));
        conditions.add(next);
        return conditions;
    }
}
