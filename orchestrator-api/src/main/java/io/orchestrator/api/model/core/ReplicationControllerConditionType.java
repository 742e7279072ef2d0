package io.orchestrator.api.model.core;

/** Known values of a replication controller condition type; others are stored just as well. */
public final class ReplicationControllerConditionType {
    public static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicationControllerConditionType() {}
}
