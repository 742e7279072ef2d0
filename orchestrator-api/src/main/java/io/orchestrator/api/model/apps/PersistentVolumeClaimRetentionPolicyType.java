package io.orchestrator.api.model.apps;

/** Known values of a persistent volume claim retention policy type; others are stored just as well. */
public final class PersistentVolumeClaimRetentionPolicyType {
    public static final String RETAIN = "Retain";
    public static final String DELETE = "Delete";

    private PersistentVolumeClaimRetentionPolicyType() {}
}
