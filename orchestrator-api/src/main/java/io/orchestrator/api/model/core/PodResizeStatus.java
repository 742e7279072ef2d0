package io.orchestrator.api.model.core;

/** Known values of a pod resize status; others are stored just as well. */
public final class PodResizeStatus {
    public static final String PROPOSED = "Proposed";
    public static final String IN_PROGRESS = "InProgress";
    public static final String DEFERRED = "Deferred";
    public static final String INFEASIBLE = "Infeasible";

    private PodResizeStatus() {}
}
