package io.orchestrator.api.model.core;

/** Values of pod resize status. */
public final class PodResizeStatus {
    public static final String PROPOSED = "Proposed";
    public static final String IN_PROGRESS = "InProgress";
    public static final String DEFERRED = "Deferred";
    public static final String INFEASIBLE = "Infeasible";

    private PodResizeStatus() {}
}
