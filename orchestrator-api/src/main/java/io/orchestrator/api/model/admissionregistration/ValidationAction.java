package io.orchestrator.api.model.admissionregistration;

/** Known values of a validation action; others are stored just as well. */
public final class ValidationAction {
    public static final String DENY = "Deny";
    public static final String WARN = "Warn";
    public static final String AUDIT = "Audit";

    private ValidationAction() {}
}
