package io.orchestrator.api.model.core;

/** Values of node condition type. */
public final class NodeConditionType {
    public static final String READY = "Ready";
    public static final String MEMORY_PRESSURE = "MemoryPressure";
    public static final String DISK_PRESSURE = "DiskPressure";
    public static final String PID_PRESSURE = "PIDPressure";
    public static final String NETWORK_UNAVAILABLE = "NetworkUnavailable";

    private NodeConditionType() {}
}
