package io.orchestrator.api.model.admissionregistration;

/** Known values of a reinvocation policy type; others are stored just as well. */
public final class ReinvocationPolicyType {
    public static final String NEVER = "Never";
    public static final String IF_NEEDED = "IfNeeded";

    private ReinvocationPolicyType() {}
}
