package io.orchestrator.api.model.core;

/** Values of mount propagation mode. */
public final class MountPropagationMode {
    public static final String NONE = "None";
    public static final String HOST_TO_CONTAINER = "HostToContainer";
    public static final String BIDIRECTIONAL = "Bidirectional";

    private MountPropagationMode() {}
}
