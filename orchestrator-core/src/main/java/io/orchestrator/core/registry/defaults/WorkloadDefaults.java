package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentBuilder;
import io.orchestrator.api.model.apps.DeploymentSpec;
import io.orchestrator.api.model.apps.DeploymentSpecBuilder;
import io.orchestrator.api.model.apps.DeploymentStrategy;
import io.orchestrator.api.model.apps.DeploymentStrategyBuilder;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import io.orchestrator.api.model.apps.RollingUpdateDeployment;
import io.orchestrator.api.model.apps.RollingUpdateDeploymentBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerBuilder;
import io.orchestrator.api.model.core.ReplicationControllerSpec;
import io.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for the kinds that keep pods alive. */
public final class WorkloadDefaults {
    private static final IntOrString QUARTER = IntOrString.of("25%");

    private WorkloadDefaults() {}

    public static Deployment of(Deployment deployment) {
        DeploymentSpec spec = deployment.spec();
        return DeploymentBuilder.builder(deployment)
                .spec(DeploymentSpecBuilder.builder(spec)
                        .replicas(or(spec.replicas(), 1))
                        .strategy(strategy(spec.strategy()))
                        .revisionHistoryLimit(or(spec.revisionHistoryLimit(), 10))
                        .progressDeadlineSeconds(or(spec.progressDeadlineSeconds(), 600))
                        .template(PodDefaults.of(spec.template()))
                        .build())
                .build();
    }

    private static DeploymentStrategy strategy(DeploymentStrategy strategy) {
        String type = ContainerDefaults.or(strategy.type(), "RollingUpdate");
        RollingUpdateDeployment rolling = strategy.rollingUpdate();
        if (type.equals("RollingUpdate")) {
            RollingUpdateDeployment given = rolling == null ? RollingUpdateDeployment.EMPTY : rolling;
            rolling = RollingUpdateDeploymentBuilder.builder(given)
                    .maxUnavailable(given.maxUnavailable() == null ? QUARTER : given.maxUnavailable())
                    .maxSurge(given.maxSurge() == null ? QUARTER : given.maxSurge())
                    .build();
        }
        return DeploymentStrategyBuilder.builder(strategy)
                .type(type)
                .rollingUpdate(rolling)
                .build();
    }

    public static ReplicaSet of(ReplicaSet set) {
        return ReplicaSetBuilder.builder(set)
                .spec(ReplicaSetSpecBuilder.builder(set.spec())
                        .replicas(or(set.spec().replicas(), 1))
                        .template(PodDefaults.of(set.spec().template()))
                        .build())
                .build();
    }

    /** Selector and labels come from the template where they are not given. */
    public static ReplicationController of(ReplicationController controller) {
        ReplicationControllerSpec spec = controller.spec();
        PodTemplateSpec template = spec.template();
        Map<String, String> labels =
                template == null ? Map.of() : template.metadata().labels();
        ReplicationControllerSpec complete = ReplicationControllerSpecBuilder.builder(spec)
                .replicas(or(spec.replicas(), 1))
                .selector(spec.selector().isEmpty() ? labels : spec.selector())
                .template(template == null ? null : PodDefaults.of(template))
                .build();
        ReplicationControllerBuilder builder =
                ReplicationControllerBuilder.builder(controller).spec(complete);
        if (controller.metadata().labels().isEmpty() && !labels.isEmpty()) {
            builder.metadata(ObjectMetaBuilder.builder(controller.metadata())
                    .labels(labels)
                    .build());
        }
        return builder.build();
    }

    private static Integer or(@Nullable Integer given, int otherwise) {
        return given == null ? Integer.valueOf(otherwise) : given;
    }
}
