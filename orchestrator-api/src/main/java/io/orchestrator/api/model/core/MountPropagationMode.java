package io.orchestrator.api.model.core;

/** Known values of a mount propagation mode; others are stored just as well. */
public final class MountPropagationMode {
    public static final String NONE = "None";
    public static final String HOST_TO_CONTAINER = "HostToContainer";
    public static final String BIDIRECTIONAL = "Bidirectional";

    private MountPropagationMode() {}
}
