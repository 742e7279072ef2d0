package io.orchestrator.api.model.core;

/** Values of node phase. */
public final class NodePhase {
    public static final String PENDING = "Pending";
    public static final String RUNNING = "Running";
    public static final String TERMINATED = "Terminated";

    private NodePhase() {}
}
