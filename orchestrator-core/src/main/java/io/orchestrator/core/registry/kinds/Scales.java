package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentBuilder;
import io.orchestrator.api.model.apps.DeploymentSpecBuilder;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetBuilder;
import io.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.autoscaling.ScaleSpec;
import io.orchestrator.api.model.autoscaling.ScaleStatus;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerBuilder;
import io.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The number of replicas, by itself. */
final class Scales {
    private static final Set<String> VERBS = Set.of("get", "update", "patch");

    private static final List<String> REPLICAS = List.of("spec", "replicas");

    private Scales() {}

    static Subresource<Deployment, Scale> ofDeployments() {
        return new Subresource.View<>(
                "scale",
                Scale.TYPE,
                VERBS,
                deployment -> scale(
                        deployment.metadata(),
                        deployment.spec().replicas(),
                        deployment.status().replicas(),
                        Selector.of(deployment.spec().selector()).toString()),
                (deployment, scale, violations) -> DeploymentBuilder.builder(deployment)
                        .spec(DeploymentSpecBuilder.builder(deployment.spec())
                                .replicas(replicas(scale, violations))
                                .build())
                        .build(),
                REPLICAS);
    }

    static Subresource<ReplicaSet, Scale> ofReplicaSets() {
        return new Subresource.View<>(
                "scale",
                Scale.TYPE,
                VERBS,
                set -> scale(
                        set.metadata(),
                        set.spec().replicas(),
                        set.status().replicas(),
                        Selector.of(set.spec().selector()).toString()),
                (set, scale, violations) -> ReplicaSetBuilder.builder(set)
                        .spec(ReplicaSetSpecBuilder.builder(set.spec())
                                .replicas(replicas(scale, violations))
                                .build())
                        .build(),
                REPLICAS);
    }

    static Subresource<StatefulSet, Scale> ofStatefulSets() {
        return new Subresource.View<>(
                "scale",
                Scale.TYPE,
                VERBS,
                set -> scale(
                        set.metadata(),
                        set.spec().replicas(),
                        set.status().replicas(),
                        Selector.of(set.spec().selector()).toString()),
                (set, scale, violations) -> StatefulSetBuilder.builder(set)
                        .spec(StatefulSetSpecBuilder.builder(set.spec())
                                .replicas(replicas(scale, violations))
                                .build())
                        .build(),
                REPLICAS);
    }

    static Subresource<ReplicationController, Scale> ofReplicationControllers() {
        return new Subresource.View<>(
                "scale",
                Scale.TYPE,
                VERBS,
                controller -> scale(
                        controller.metadata(),
                        controller.spec().replicas(),
                        controller.status().replicas(),
                        Selector.of(controller.spec().selector()).toString()),
                (controller, scale, violations) -> ReplicationControllerBuilder.builder(controller)
                        .spec(ReplicationControllerSpecBuilder.builder(controller.spec())
                                .replicas(replicas(scale, violations))
                                .build())
                        .build(),
                REPLICAS);
    }

    private static Scale scale(ObjectMeta metadata, @Nullable Integer wanted, int present, String selector) {
        return new Scale(
                ObjectMetaBuilder.builder()
                        .name(metadata.name())
                        .namespace(metadata.namespace())
                        .uid(metadata.uid())
                        .resourceVersion(metadata.resourceVersion())
                        .creationTimestamp(metadata.creationTimestamp())
                        .build(),
                new ScaleSpec(wanted == null ? 0 : wanted),
                new ScaleStatus(present, selector));
    }

    private static int replicas(Scale scale, Violations violations) {
        int replicas = scale.spec().replicas();
        if (replicas < 0) {
            violations.invalid(Path.of("spec").child("replicas"), replicas, "must be greater than or equal to 0");
        }
        return Math.max(0, replicas);
    }
}
