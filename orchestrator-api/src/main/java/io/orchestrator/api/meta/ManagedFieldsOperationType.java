package io.orchestrator.api.meta;

/** Values of managed fields operation type. */
public final class ManagedFieldsOperationType {
    public static final String APPLY = "Apply";
    public static final String UPDATE = "Update";

    private ManagedFieldsOperationType() {}
}
