package io.orchestrator.api.model.apps;

/** Values of persistent volume claim retention policy type. */
public final class PersistentVolumeClaimRetentionPolicyType {
    public static final String RETAIN = "Retain";
    public static final String DELETE = "Delete";

    private PersistentVolumeClaimRetentionPolicyType() {}
}
