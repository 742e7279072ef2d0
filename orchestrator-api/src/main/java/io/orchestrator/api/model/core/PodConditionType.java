package io.orchestrator.api.model.core;

/** Known values of a pod condition type; others are stored just as well. */
public final class PodConditionType {
    public static final String CONTAINERS_READY = "ContainersReady";
    public static final String INITIALIZED = "Initialized";
    public static final String READY = "Ready";
    public static final String POD_SCHEDULED = "PodScheduled";
    public static final String DISRUPTION_TARGET = "DisruptionTarget";
    public static final String POD_READY_TO_START_CONTAINERS = "PodReadyToStartContainers";

    private PodConditionType() {}
}
