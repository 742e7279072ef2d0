package io.orchestrator.api.model.admissionregistration;

/** Known values of a failure policy type; others are stored just as well. */
public final class FailurePolicyType {
    public static final String IGNORE = "Ignore";
    public static final String FAIL = "Fail";

    private FailurePolicyType() {}
}
