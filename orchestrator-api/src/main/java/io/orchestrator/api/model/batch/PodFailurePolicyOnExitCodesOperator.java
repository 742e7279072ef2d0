package io.orchestrator.api.model.batch;

/** Known values of a pod failure policy on exit codes operator; others are stored just as well. */
public final class PodFailurePolicyOnExitCodesOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";

    private PodFailurePolicyOnExitCodesOperator() {}
}
