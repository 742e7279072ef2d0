package io.orchestrator.core.schedule.framework;

import java.util.List;

/** Looks once at the nodes that are left, before each of them is scored. */
public interface PreScorePlugin extends Plugin {

    /** May put what it found into the cycle. Returns false when the plugin's score tells none of the nodes apart: it is left out. */
    boolean preScore(Cycle cycle, List<NodeView> feasible);
}
