package io.orchestrator.api.model.apps;

/** Values of replica set condition type. */
public final class ReplicaSetConditionType {
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicaSetConditionType() {}
}
