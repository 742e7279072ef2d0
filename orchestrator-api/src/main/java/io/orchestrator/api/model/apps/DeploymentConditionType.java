package io.orchestrator.api.model.apps;

/** Values of deployment condition type. */
public final class DeploymentConditionType {
    public static final String AVAILABLE = "Available";
    public static final String PROGRESSING = "Progressing";
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    private DeploymentConditionType() {}
}
