package io.orchestrator.core.schedule.framework;

/** Takes what a placement needs beside room on the node, before it is written. */
public interface ReservePlugin extends Plugin {

    Reservation reserve(Cycle cycle, NodeView node);

    /**
     * The placement did not come about, here or in a later step. What {@link #reserve} took is given back, where it took
     * anything; assumed objects are forgotten by the scheduler itself. Idempotent; must not fail.
     */
    default void unreserve(Cycle cycle, NodeView node) {}
}
