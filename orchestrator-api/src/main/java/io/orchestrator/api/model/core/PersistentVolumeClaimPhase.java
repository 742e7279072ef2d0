package io.orchestrator.api.model.core;

/** Values of persistent volume claim phase. */
public final class PersistentVolumeClaimPhase {
    public static final String PENDING = "Pending";
    public static final String BOUND = "Bound";
    public static final String LOST = "Lost";

    private PersistentVolumeClaimPhase() {}
}
