package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PreemptionPolicy;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.Filters;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PostFilterPlugin;
import io.orchestrator.core.schedule.framework.Refusals;
import io.orchestrator.core.schedule.framework.Remedy;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Drives out less important pods where that lets a pod in that fits nowhere: as few and as unimportant as possible, and none
 * whose budget forbids it as long as there is another way.
 */
public final class DefaultPreemption implements PostFilterPlugin {
    private static final int TENTH = 10;
    private static final int ENOUGH = 100;
    private static final String HELPLESS = "Preemption is not helpful for scheduling";

    @Override
    public String name() {
        return "DefaultPreemption";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return Set.of(PodDisruptionBudget.TYPE);
    }

    @Override
    public Remedy postFilter(Cycle cycle, Refusals refusals, Filters filters) {
        Optional<Remedy> not = notEligible(cycle, refusals);
        if (not.isPresent()) {
            return not.get();
        }
        List<NodeView> nodes = new ArrayList<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (NodeView node : cycle.snapshot().nodes()) {
            Verdict.Unfit why = refusals.of(node);
            if (why != null && why.resolvable()) {
                nodes.add(node);
            } else {
                reasons.merge(HELPLESS, 1, Integer::sum);
            }
        }
        VictimChoice best = best(cycle, nodes, filters, reasons);
        if (best != null) {
            return new Remedy.Preempt(best.node().name(), best.victims());
        }
        return Remedy.none("preemption: " + counted(cycle.snapshot().size(), reasons));
    }

    /** Dry runs on a tenth of the nodes at most, from a random one on, until some need no budget broken. */
    private static @Nullable VictimChoice best(
            Cycle cycle, List<NodeView> nodes, Filters filters, Map<String, Integer> reasons) {
        if (nodes.isEmpty()) {
            return null;
        }
        Budgets budgets = Budgets.of(cycle.snapshot().objects());
        int enough = Math.min(nodes.size(), Math.max(ENOUGH, cycle.snapshot().size() * TENTH / 100));
        int start = cycle.random().nextInt(nodes.size());
        List<VictimChoice> found = new ArrayList<>();
        int harmless = 0;
        for (int i = 0; i < nodes.size(); i++) {
            NodeView node = nodes.get((start + i) % nodes.size());
            VictimSearch search = new VictimSearch(cycle, node, filters, budgets);
            VictimChoice choice = search.run();
            if (choice == null) {
                search.why().reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
                continue;
            }
            found.add(choice);
            harmless += choice.violations() == 0 ? 1 : 0;
            if (harmless > 0 && found.size() >= enough) {
                break;
            }
        }
        return found.stream().min(VictimChoice.MILDEST_FIRST).orElse(null);
    }

    /** Why nothing may be driven out for the pod now, if so. */
    private static Optional<Remedy> notEligible(Cycle cycle, Refusals refusals) {
        PodView pod = cycle.pod();
        if (PreemptionPolicy.NEVER.equals(pod.spec().preemptionPolicy())) {
            return Optional.of(Remedy.none("preemption: not eligible due to preemptionPolicy=Never."));
        }
        NodeView promised = promised(cycle);
        if (promised == null) {
            return Optional.empty();
        }
        Verdict.Unfit why = refusals.of(promised);
        boolean hopeless = why != null && !why.resolvable();
        if (!hopeless && promised.pods().stream().anyMatch(other -> makesRoom(other, pod))) {
            return Optional.of(
                    new Remedy.None("preemption: not eligible due to a terminating pod on the nominated node.", true));
        }
        return Optional.empty();
    }

    private static @Nullable NodeView promised(Cycle cycle) {
        Snapshot snapshot = cycle.snapshot();
        String uid = cycle.pod().uid();
        String written = cycle.pod().pod().status().nominatedNodeName();
        if (!written.isEmpty()) {
            return snapshot.node(written);
        }
        for (NodeView node : snapshot.nominated().isEmpty() ? List.<NodeView>of() : snapshot.nodes()) {
            if (snapshot.nominatedTo(node.name()).stream()
                    .anyMatch(pod -> pod.uid().equals(uid))) {
                return node;
            }
        }
        return null;
    }

    /** Whether it was driven out, for whomever, and is not gone yet. */
    private static boolean makesRoom(PodView other, PodView pod) {
        return other.ending()
                && other.priority() < pod.priority()
                && other.pod()
                        .status()
                        .condition(PodConditionType.DISRUPTION_TARGET)
                        .filter(condition -> condition.status().equals("True")
                                && condition.reason().equals("PreemptionByScheduler"))
                        .isPresent();
    }

    private static String counted(int nodes, Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", ", "0/" + nodes + " nodes are available: ", "."));
    }
}
