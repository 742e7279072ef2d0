package io.orchestrator.core.schedule.framework;

/** Looks at the pod once, before any node: prepares what {@link FilterPlugin#filter} needs, or spares it. */
public interface PreFilterPlugin extends Plugin {

    /** May put what it found into the cycle. */
    PreFilter preFilter(Cycle cycle);

    /**
     * A pod is supposed to run on the node as well, in this cycle alone. What {@link #preFilter} put into the cycle is brought
     * in line; not called when that said {@link PreFilter#skip()}.
     */
    default void podAdded(Cycle cycle, PodView pod, NodeView node) {}

    /** The opposite of {@link #podAdded}. @param node as it is without the pod */
    default void podRemoved(Cycle cycle, PodView pod, NodeView node) {}
}
