package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.List;

/** Is told what a planner finds on its way, for explanations. */
interface PlanTrace {
    PlanTrace NONE = new PlanTrace() {};

    default void refused(NodeView node, Plugin by, Verdict.Unfit why) {}

    default void fits(NodeView node) {}

    /** @param weighted what the plugin adds to each node's total; to be read now, since it is used again */
    default void scored(ScorePlugin plugin, List<NodeView> nodes, double[] weighted) {}
}
