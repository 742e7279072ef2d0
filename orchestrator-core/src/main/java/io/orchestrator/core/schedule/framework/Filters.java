package io.orchestrator.core.schedule.framework;

/** The filters of a profile, for trials: what if this pod were gone, or that one there? */
public interface Filters {

    /**
     * Whether the cycle's pod fits on the node, also when the pods of at least its priority come to which the node is promised.
     */
    Verdict filter(Cycle cycle, NodeView node);

    /** Puts the pod there, in this cycle alone. Returns the node with it. */
    NodeView add(Cycle cycle, PodView pod, NodeView node);

    /** Takes the pod away, in this cycle alone. Returns the node without it. */
    NodeView remove(Cycle cycle, PodView pod, NodeView node);
}
