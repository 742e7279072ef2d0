package io.orchestrator.core.schedule.framework;

/** Holds placements back, or stops them, after a node was chosen: for pods that make sense only together, for example. */
public interface PermitPlugin extends Plugin {

    /**
     * Asked when the node was chosen, and while the answer is {@link Permit#hold} again after every change of the cluster, the
     * chosen placements of other pods among them. A function of its arguments.
     *
     * @param now the cluster as it is at this time, with this pod and others whose placement is under way on their nodes
     */
    Permit permit(Cycle cycle, NodeView node, Snapshot now);
}
