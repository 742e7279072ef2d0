package io.orchestrator.api.meta;

/** Known values of a field selector operator; others are stored just as well. */
public final class FieldSelectorOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";
    public static final String EXISTS = "Exists";
    public static final String DOES_NOT_EXIST = "DoesNotExist";

    private FieldSelectorOperator() {}
}
