package io.orchestrator.api.model.core;

/** Values of persistent volume claim modify volume status. */
public final class PersistentVolumeClaimModifyVolumeStatus {
    public static final String PENDING = "Pending";
    public static final String IN_PROGRESS = "InProgress";
    public static final String INFEASIBLE = "Infeasible";

    private PersistentVolumeClaimModifyVolumeStatus() {}
}
