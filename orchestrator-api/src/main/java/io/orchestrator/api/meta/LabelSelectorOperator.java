package io.orchestrator.api.meta;

/** Known values of a label selector operator; others are stored just as well. */
public final class LabelSelectorOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";
    public static final String EXISTS = "Exists";
    public static final String DOES_NOT_EXIST = "DoesNotExist";

    private LabelSelectorOperator() {}
}
