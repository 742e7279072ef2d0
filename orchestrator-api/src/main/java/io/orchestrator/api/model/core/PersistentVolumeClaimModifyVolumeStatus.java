package io.orchestrator.api.model.core;

/** Known values of a persistent volume claim modify volume status; others are stored just as well. */
public final class PersistentVolumeClaimModifyVolumeStatus {
    public static final String PENDING = "Pending";
    public static final String IN_PROGRESS = "InProgress";
    public static final String INFEASIBLE = "Infeasible";

    private PersistentVolumeClaimModifyVolumeStatus() {}
}
