package io.orchestrator.api.model.core;

/** Known values of a persistent volume claim phase; others are stored just as well. */
public final class PersistentVolumeClaimPhase {
    public static final String PENDING = "Pending";
    public static final String BOUND = "Bound";
    public static final String LOST = "Lost";

    private PersistentVolumeClaimPhase() {}
}
