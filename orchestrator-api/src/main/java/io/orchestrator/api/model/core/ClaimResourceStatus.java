package io.orchestrator.api.model.core;

/** Known values of a claim resource status; others are stored just as well. */
public final class ClaimResourceStatus {
    public static final String CONTROLLER_RESIZE_IN_PROGRESS = "ControllerResizeInProgress";
    public static final String CONTROLLER_RESIZE_INFEASIBLE = "ControllerResizeInfeasible";
    public static final String NODE_RESIZE_PENDING = "NodeResizePending";
    public static final String NODE_RESIZE_IN_PROGRESS = "NodeResizeInProgress";
    public static final String NODE_RESIZE_INFEASIBLE = "NodeResizeInfeasible";

    private ClaimResourceStatus() {}
}
