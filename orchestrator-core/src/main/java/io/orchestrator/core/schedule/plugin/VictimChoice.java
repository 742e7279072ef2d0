package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.Time;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Whom to drive out of one node.
 *
 * @param victims the most important first
 * @param violations how many of them a budget would keep
 */
record VictimChoice(NodeView node, List<PodView> victims, int violations) {

    /** The more important pod first: by priority, and among equals the one that has run longer. */
    static final Comparator<PodView> IMPORTANCE = Comparator.comparingInt(PodView::priority)
            .reversed()
            .thenComparing(VictimChoice::started)
            .thenComparing(PodView::key);

    /**
     * Fewest broken budgets; then the least important of the most important victims; then the lowest sum of priorities; then the
     * fewest victims; then those that started latest; then by name.
     */
    static final Comparator<VictimChoice> MILDEST_FIRST = Comparator.comparingInt(VictimChoice::violations)
            .thenComparingInt(VictimChoice::highest)
            .thenComparingLong(VictimChoice::sum)
            .thenComparingInt(choice -> choice.victims.size())
            .thenComparing(VictimChoice::earliest, Comparator.reverseOrder())
            .thenComparing(choice -> choice.node.name());

    VictimChoice {
        victims = List.copyOf(victims);
    }

    private int highest() {
        return victims.isEmpty() ? Integer.MIN_VALUE : victims.get(0).priority();
    }

    /** Each counts above zero, so that fewer victims of low priority are not worse than more. */
    private long sum() {
        return victims.stream()
                .mapToLong(victim -> (long) victim.priority() + Integer.MAX_VALUE + 1)
                .sum();
    }

    /** When the longest running of the most important ones started. */
    private Instant earliest() {
        return victims.stream()
                .filter(victim -> victim.priority() == highest())
                .map(VictimChoice::started)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** One that has not started yet counts as starting last. */
    private static Instant started(PodView pod) {
        Time time = pod.pod().status().startTime();
        return time == null ? Instant.MAX : time.instant();
    }
}
