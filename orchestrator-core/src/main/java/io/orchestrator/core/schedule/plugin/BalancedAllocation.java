package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import java.util.List;

/** Prefers nodes where resources would be used to the same degree, so that none is left stranded. */
public final class BalancedAllocation implements ScorePlugin {
    private final List<String> resources;

    /** CPU and memory. */
    public BalancedAllocation() {
        this(List.of("cpu", "memory"));
    }

    public BalancedAllocation(List<String> resources) {
        this.resources = List.copyOf(resources);
    }

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean concerns(PodView pod) {
        return resources.stream().anyMatch(resource -> pod.requests().amount(resource) > 0);
    }

    /** The less the used shares differ from their mean, the better: by their standard deviation. */
    @Override
    public double score(Cycle cycle, NodeView node) {
        Amounts amounts = Amounts.requested(cycle.pod(), node);
        double[] shares = new double[resources.size()];
        int counted = 0;
        double sum = 0;
        for (String resource : resources) {
            double all = amounts.allocatable(resource);
            if (all > 0) {
                double share = Math.min(1, amounts.taken(resource) / all);
                shares[counted++] = share;
                sum += share;
            }
        }
        double mean = counted == 0 ? 0 : sum / counted;
        double squares = 0;
        for (int i = 0; i < counted; i++) {
            squares += (shares[i] - mean) * (shares[i] - mean);
        }
        return BEST * (1 - (counted == 0 ? 0 : Math.sqrt(squares / counted)));
    }

    @Override
    public boolean scoresByNodeAlone() {
        return true;
    }
}
