package io.orchestrator.api.model.storage;

/** Known values of a volume binding mode; others are stored just as well. */
public final class VolumeBindingMode {
    public static final String IMMEDIATE = "Immediate";
    public static final String WAIT_FOR_FIRST_CONSUMER = "WaitForFirstConsumer";

    private VolumeBindingMode() {}
}
