package io.orchestrator.api.model.batch;

/** Values of pod failure policy action. */
public final class PodFailurePolicyAction {
    public static final String FAIL_JOB = "FailJob";
    public static final String FAIL_INDEX = "FailIndex";
    public static final String IGNORE = "Ignore";
    public static final String COUNT = "Count";

    private PodFailurePolicyAction() {}
}
