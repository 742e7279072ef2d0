package io.orchestrator.api.model.core;

/** Values of pod condition type. */
public final class PodConditionType {
    public static final String CONTAINERS_READY = "ContainersReady";
    public static final String INITIALIZED = "Initialized";
    public static final String READY = "Ready";
    public static final String POD_SCHEDULED = "PodScheduled";
    public static final String DISRUPTION_TARGET = "DisruptionTarget";
    public static final String POD_READY_TO_START_CONTAINERS = "PodReadyToStartContainers";
    public static final String READY_TO_START_CONTAINERS = "PodReadyToStartContainers";

    private PodConditionType() {}
}
