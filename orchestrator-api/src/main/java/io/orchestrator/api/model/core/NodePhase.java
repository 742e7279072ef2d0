package io.orchestrator.api.model.core;

/** Known values of a node phase; others are stored just as well. */
public final class NodePhase {
    public static final String PENDING = "Pending";
    public static final String RUNNING = "Running";
    public static final String TERMINATED = "Terminated";

    private NodePhase() {}
}
