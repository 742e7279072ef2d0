package io.orchestrator.api.meta;

/** Known values of a managed fields operation type; others are stored just as well. */
public final class ManagedFieldsOperationType {
    public static final String APPLY = "Apply";
    public static final String UPDATE = "Update";

    private ManagedFieldsOperationType() {}
}
