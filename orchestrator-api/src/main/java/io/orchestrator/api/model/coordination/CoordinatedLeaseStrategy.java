package io.orchestrator.api.model.coordination;

/** Values of coordinated lease strategy. */
public final class CoordinatedLeaseStrategy {
    public static final String OLDEST_EMULATION_VERSION = "OldestEmulationVersion";

    private CoordinatedLeaseStrategy() {}
}
