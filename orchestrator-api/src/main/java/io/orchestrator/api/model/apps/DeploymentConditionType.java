package io.orchestrator.api.model.apps;

/** Known values of a deployment condition type; others are stored just as well. */
public final class DeploymentConditionType {
    public static final String AVAILABLE = "Available";
    public static final String PROGRESSING = "Progressing";
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    private DeploymentConditionType() {}
}
