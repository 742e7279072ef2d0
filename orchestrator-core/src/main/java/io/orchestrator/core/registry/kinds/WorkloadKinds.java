package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatus;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetStatus;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerStatus;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.WorkloadDefaults;
import io.orchestrator.core.registry.validation.WorkloadValidation;
import java.util.List;

/** The kinds that keep pods alive. */
final class WorkloadKinds {
    private WorkloadKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(deployment(), replicaSet(), replicationController(), controllerRevision());
    }

    private static ResourceStrategy<Deployment> deployment() {
        return ResourceStrategy.of(Deployment.TYPE)
                .defaults(WorkloadDefaults::of)
                .prepareCreate(deployment -> deployment.withStatus(DeploymentStatus.EMPTY))
                .validation(WorkloadValidation::deployment)
                .updateValidation(WorkloadValidation::deploymentUpdate)
                .status((deployment, source) -> deployment.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(Deployment::spec)
                .subresource(Scales.ofDeployments())
                .build();
    }

    private static ResourceStrategy<ReplicaSet> replicaSet() {
        return ResourceStrategy.of(ReplicaSet.TYPE)
                .defaults(WorkloadDefaults::of)
                .prepareCreate(set -> set.withStatus(ReplicaSetStatus.EMPTY))
                .validation(WorkloadValidation::replicaSet)
                .updateValidation(WorkloadValidation::replicaSetUpdate)
                .status((set, source) -> set.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(ReplicaSet::spec)
                .field("status.replicas", set -> Integer.toString(set.status().replicas()))
                .subresource(Scales.ofReplicaSets())
                .build();
    }

    private static ResourceStrategy<ReplicationController> replicationController() {
        return ResourceStrategy.of(ReplicationController.TYPE)
                .defaults(WorkloadDefaults::of)
                .prepareCreate(controller -> controller.withStatus(ReplicationControllerStatus.EMPTY))
                .validation(WorkloadValidation::replicationController)
                .status((controller, source) -> controller.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(ReplicationController::spec)
                .field(
                        "status.replicas",
                        controller -> Integer.toString(controller.status().replicas()))
                .subresource(Scales.ofReplicationControllers())
                .build();
    }

    private static ResourceStrategy<ControllerRevision> controllerRevision() {
        return ResourceStrategy.of(ControllerRevision.TYPE)
                .validation(WorkloadValidation::controllerRevision)
                .updateValidation(WorkloadValidation::controllerRevisionUpdate)
                .build();
    }
}
