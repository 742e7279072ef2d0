package io.orchestrator.core.schedule.framework;

/** Says where a pod cannot run. */
public interface FilterPlugin extends Plugin {

    /**
     * Asked for up to thousands of nodes per pod. The node may differ from the one in the snapshot: pods may be taken off it or
     * put there by way of trial.
     */
    Verdict filter(Cycle cycle, NodeView node);
}
