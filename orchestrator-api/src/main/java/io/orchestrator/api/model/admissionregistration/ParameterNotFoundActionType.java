package io.orchestrator.api.model.admissionregistration;

/** Known values of a parameter not found action type; others are stored just as well. */
public final class ParameterNotFoundActionType {
    public static final String ALLOW = "Allow";
    public static final String DENY = "Deny";

    private ParameterNotFoundActionType() {}
}
