package io.orchestrator.api.model.coordination;

/** Known values of a coordinated lease strategy; others are stored just as well. */
public final class CoordinatedLeaseStrategy {
    public static final String OLDEST_EMULATION_VERSION = "OldestEmulationVersion";

    private CoordinatedLeaseStrategy() {}
}
