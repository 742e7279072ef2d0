package io.orchestrator.api.model.core;

/** Known values of a pod phase; others are stored just as well. */
public final class PodPhase {
    public static final String PENDING = "Pending";
    public static final String RUNNING = "Running";
    public static final String SUCCEEDED = "Succeeded";
    public static final String FAILED = "Failed";
    public static final String UNKNOWN = "Unknown";

    private PodPhase() {}
}
