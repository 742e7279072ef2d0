package io.orchestrator.api.model.storage;

/** Known values of a volume lifecycle mode; others are stored just as well. */
public final class VolumeLifecycleMode {
    public static final String PERSISTENT = "Persistent";
    public static final String EPHEMERAL = "Ephemeral";

    private VolumeLifecycleMode() {}
}
