package io.orchestrator.api.model.batch;

/** Known values of a job condition type; others are stored just as well. */
public final class JobConditionType {
    public static final String SUSPENDED = "Suspended";
    public static final String COMPLETE = "Complete";
    public static final String FAILED = "Failed";
    public static final String FAILURE_TARGET = "FailureTarget";
    public static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";

    private JobConditionType() {}
}
