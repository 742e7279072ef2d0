package io.orchestrator.api.model.core;

/** Known values of a scope selector operator; others are stored just as well. */
public final class ScopeSelectorOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";
    public static final String EXISTS = "Exists";
    public static final String DOES_NOT_EXIST = "DoesNotExist";

    private ScopeSelectorOperator() {}
}
