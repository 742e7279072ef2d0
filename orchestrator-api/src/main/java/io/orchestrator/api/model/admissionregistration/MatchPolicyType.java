package io.orchestrator.api.model.admissionregistration;

/** Known values of a match policy type; others are stored just as well. */
public final class MatchPolicyType {
    public static final String EXACT = "Exact";
    public static final String EQUIVALENT = "Equivalent";

    private MatchPolicyType() {}
}
