package io.orchestrator.api.model.admissionregistration;

/** Known values of an operation type; others are stored just as well. */
public final class OperationType {
    public static final String OPERATION_ALL = "*";
    public static final String CREATE = "CREATE";
    public static final String UPDATE = "UPDATE";
    public static final String DELETE = "DELETE";
    public static final String CONNECT = "CONNECT";

    private OperationType() {}
}
