package io.orchestrator.api.model.batch;

/** Known values of a pod failure policy action; others are stored just as well. */
public final class PodFailurePolicyAction {
    public static final String FAIL_JOB = "FailJob";
    public static final String FAIL_INDEX = "FailIndex";
    public static final String IGNORE = "Ignore";
    public static final String COUNT = "Count";

    private PodFailurePolicyAction() {}
}
