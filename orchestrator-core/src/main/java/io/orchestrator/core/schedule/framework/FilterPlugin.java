package io.orchestrator.core.schedule.framework;

/** Says where a pod cannot run. */
public interface FilterPlugin extends Plugin {

    /**
     * Asked for up to thousands of nodes per pod. The node may differ from the one in the snapshot: pods may be taken off it or
     * put there by way of trial.
     */
    Verdict filter(Cycle cycle, NodeView node);

    /**
     * Whether the verdict depends on nothing but the node as it is given and what pods of one template have in common: spec, namespace,
     * labels, annotations and owners. Not on other nodes, other objects, or what the cycle keeps. Then it is asked once for such
     * pods, until the node changes.
     */
    default boolean filtersByNodeAlone() {
        return false;
    }
}
