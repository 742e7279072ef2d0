package io.orchestrator.api.model.core;

/** Known values of a node selector operator; others are stored just as well. */
public final class NodeSelectorOperator {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";
    public static final String EXISTS = "Exists";
    public static final String DOES_NOT_EXIST = "DoesNotExist";
    public static final String GT = "Gt";
    public static final String LT = "Lt";

    private NodeSelectorOperator() {}
}
