package io.orchestrator.api.model.core;

/** Known values of a persistent volume phase; others are stored just as well. */
public final class PersistentVolumePhase {
    public static final String PENDING = "Pending";
    public static final String AVAILABLE = "Available";
    public static final String BOUND = "Bound";
    public static final String RELEASED = "Released";
    public static final String FAILED = "Failed";

    private PersistentVolumePhase() {}
}
