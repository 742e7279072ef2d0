package io.orchestrator.api.model.apps;

/** Known values of a replica set condition type; others are stored just as well. */
public final class ReplicaSetConditionType {
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicaSetConditionType() {}
}
