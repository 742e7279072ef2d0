package io.orchestrator.samples.scheduler;

import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** Pods of different tenants, by their label {@code tenant}, never share a node; pods of one tenant rather do. */
public final class TenantIsolation implements FilterPlugin, ScorePlugin {
    private static final String TENANT = "tenant";

    @Override
    public String name() {
        return "TenantIsolation";
    }

    @Override
    public boolean concerns(PodView pod) {
        return !tenant(pod).isEmpty();
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        return isOthers(cycle.pod(), node) ? Verdict.unfit("node(s) had pods of another tenant") : Verdict.fits();
    }

    @Override
    public double score(Cycle cycle, NodeView node) {
        return node.pods().stream().anyMatch(this::concerns) ? BEST : 0;
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.POD_GONE);
    }

    /** A pod that went helps only if it was the last one of the other tenant. */
    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> !isOthers(pod, node)).isPresent();
    }

    private boolean isOthers(PodView pod, NodeView node) {
        return node.pods().stream()
                .anyMatch(other -> concerns(other) && !tenant(other).equals(tenant(pod)));
    }

    private static String tenant(PodView pod) {
        return pod.pod().metadata().labels().getOrDefault(TENANT, "");
    }
}
