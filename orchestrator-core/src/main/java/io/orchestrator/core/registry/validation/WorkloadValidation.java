package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.ReplicationController;

/** Rules. */
public final class WorkloadValidation {
    private WorkloadValidation() {}

    public static void deployment(Deployment object, Violations violations) {}

    public static void replicaSet(ReplicaSet object, Violations violations) {}

    public static void replicationController(ReplicationController object, Violations violations) {}

    public static void controllerRevision(ControllerRevision object, Violations violations) {}

    public static void deploymentUpdate(Deployment wanted, Deployment current, Violations violations) {}

    public static void replicaSetUpdate(ReplicaSet wanted, ReplicaSet current, Violations violations) {}

    public static void controllerRevisionUpdate(ControllerRevision wanted, ControllerRevision current, Violations violations) {}
}
