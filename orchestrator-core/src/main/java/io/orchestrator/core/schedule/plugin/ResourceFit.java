package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Resources;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The node must have room for everything that the pod requests, and for one pod more; how full it gets is its score. */
public final class ResourceFit implements FilterPlugin, ScorePlugin {
    private final ScoringStrategy strategy;
    private final Set<String> ignored;

    /** Prefers nodes of which the greater part of CPU and memory stays free. */
    public ResourceFit() {
        this(ScoringStrategy.leastAllocated(ScoringStrategy.cpuAndMemory()), Set.of());
    }

    /**
     * @param ignored extended resources that are not looked at, since somebody else does: names such as {@code
     *     example.com/gpu}, or groups such as {@code example.com}
     */
    public ResourceFit(ScoringStrategy strategy, Set<String> ignored) {
        this.strategy = strategy;
        this.ignored = Set.copyOf(ignored);
    }

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        return fits(cycle.pod(), node) ? Verdict.fits() : explain(cycle.pod(), node);
    }

    @Override
    public boolean filtersByNodeAlone() {
        return true;
    }

    private boolean fits(PodView pod, NodeView node) {
        Resources asked = pod.requests();
        Resources all = node.allocatable();
        Resources taken = node.requested();
        return node.pods().size() < node.allowedPods()
                && fits(asked.milliCpu(), taken.milliCpu(), all.milliCpu())
                && fits(asked.memory(), taken.memory(), all.memory())
                && fits(asked.ephemeralStorage(), taken.ephemeralStorage(), all.ephemeralStorage())
                && (asked.extended().isEmpty() || extendedFit(asked, taken, all));
    }

    private boolean extendedFit(Resources asked, Resources taken, Resources all) {
        for (Map.Entry<String, Long> each : asked.extended().entrySet()) {
            String name = each.getKey();
            if (!isIgnored(name) && !fits(each.getValue(), taken.extended(name), all.extended(name))) {
                return false;
            }
        }
        return true;
    }

    /** What is not asked for is never missing, even where more is taken than there is. */
    private static boolean fits(long asked, long taken, long all) {
        return asked == 0 || asked <= all - taken;
    }

    private boolean isIgnored(String name) {
        int slash = name.indexOf('/');
        return ignored.contains(name) || (slash > 0 && ignored.contains(name.substring(0, slash)));
    }

    /** What the whole node has too little of, no pod that leaves can give. */
    private Verdict explain(PodView pod, NodeView node) {
        List<String> reasons = new ArrayList<>();
        boolean resolvable = true;
        if (node.pods().size() >= node.allowedPods()) {
            reasons.add("Too many pods");
        }
        List<String> names = new ArrayList<>(List.of("cpu", "memory", "ephemeral-storage"));
        pod.requests().extended().keySet().stream()
                .filter(name -> !isIgnored(name))
                .forEach(names::add);
        for (String name : names) {
            long asked = pod.requests().amount(name);
            long all = node.allocatable().amount(name);
            if (!fits(asked, node.requested().amount(name), all)) {
                reasons.add("Insufficient " + name);
                resolvable &= asked <= all;
            }
        }
        return new Verdict.Unfit(reasons, resolvable);
    }

    @Override
    public double score(Cycle cycle, NodeView node) {
        return strategy.score(Amounts.scored(cycle.pod(), node));
    }

    @Override
    public boolean scoresByNodeAlone() {
        return true;
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(
                ChangeKind.NODE_ADDED,
                ChangeKind.NODE_ALLOCATABLE_CHANGED,
                ChangeKind.POD_GONE,
                ChangeKind.PLACED_POD_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> fits(pod, node)).isPresent();
    }
}
