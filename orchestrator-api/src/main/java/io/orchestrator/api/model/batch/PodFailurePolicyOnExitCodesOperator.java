package io.orchestrator.api.model.batch;

/** Values of pod failure policy on exit codes operator. */
public final class PodFailurePolicyOnExitCodesOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";

    private PodFailurePolicyOnExitCodesOperator() {}
}
