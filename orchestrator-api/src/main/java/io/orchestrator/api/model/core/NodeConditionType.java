package io.orchestrator.api.model.core;

/** Known values of a node condition type; others are stored just as well. */
public final class NodeConditionType {
    public static final String READY = "Ready";
    public static final String MEMORY_PRESSURE = "MemoryPressure";
    public static final String DISK_PRESSURE = "DiskPressure";
    public static final String PID_PRESSURE = "PIDPressure";
    public static final String NETWORK_UNAVAILABLE = "NetworkUnavailable";

    private NodeConditionType() {}
}
