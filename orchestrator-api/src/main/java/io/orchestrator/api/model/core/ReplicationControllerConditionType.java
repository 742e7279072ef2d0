package io.orchestrator.api.model.core;

/** Values of replication controller condition type. */
public final class ReplicationControllerConditionType {
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicationControllerConditionType() {}
}
