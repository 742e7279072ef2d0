package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.Filters;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries on one node which less important pods must go: all are taken off, and as many as possible put back, the most important
 * and those that a budget protects first.
 */
final class VictimSearch {
    private final Cycle cycle;
    private final Filters filters;
    private final Budgets budgets;
    private NodeView node;
    private Verdict.Unfit why = Verdict.unresolvable("No preemption victims found for incoming pod");

    VictimSearch(Cycle cycle, NodeView node, Filters filters, Budgets budgets) {
        this.cycle = cycle.fork();
        this.node = node;
        this.filters = filters;
        this.budgets = budgets;
    }

    /** Null when nothing would help: see {@link #why()}. */
    @Nullable
    VictimChoice run() {
        NodeView before = node;
        List<PodView> lesser = new ArrayList<>();
        for (PodView other : node.pods()) {
            if (other.priority() < cycle.pod().priority()) {
                lesser.add(other);
            }
        }
        if (lesser.isEmpty()) {
            return null;
        }
        for (PodView other : lesser) {
            node = filters.remove(cycle, other, node);
        }
        if (filters.filter(cycle, node) instanceof Verdict.Unfit still) {
            why = still;
            return null;
        }
        lesser.sort(VictimChoice.IMPORTANCE);
        Budgets.Split split = budgets.split(lesser);
        List<PodView> victims = new ArrayList<>();
        int violations = 0;
        for (PodView other : split.violating()) {
            if (!isSpared(other)) {
                victims.add(other);
                violations++;
            }
        }
        for (PodView other : split.harmless()) {
            if (!isSpared(other)) {
                victims.add(other);
            }
        }
        victims.sort(VictimChoice.IMPORTANCE);
        return new VictimChoice(before, victims, violations);
    }

    private boolean isSpared(PodView other) {
        NodeView with = filters.add(cycle, other, node);
        if (filters.filter(cycle, with) instanceof Verdict.Fits) {
            node = with;
            return true;
        }
        node = filters.remove(cycle, other, with);
        return false;
    }

    /** Why nothing would help. */
    Verdict.Unfit why() {
        return why;
    }
}
