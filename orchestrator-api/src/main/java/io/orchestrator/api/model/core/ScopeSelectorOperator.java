package io.orchestrator.api.model.core;

/** Values of scope selector operator. */
public final class ScopeSelectorOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";
    public static final String EXISTS = "Exists";
    public static final String DOES_NOT_EXIST = "DoesNotExist";

    private ScopeSelectorOperator() {}
}
