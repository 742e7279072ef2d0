package io.orchestrator.api.client;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentBuilder;
import io.orchestrator.api.model.apps.DeploymentSpecBuilder;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Deployments, and what people do with them. */
public final class DeploymentClient extends ScalableClient<Deployment> {
    private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

    DeploymentClient(ApiTransport transport, String namespace, WriteOptions writing) {
        super(transport, Deployment.TYPE, namespace, writing);
    }

    @Override
    public DeploymentClient inNamespace(String namespace) {
        return new DeploymentClient(transport(), namespace, writing());
    }

    /** Replaces all pods by new ones of the same template, as a rollout does. */
    public Deployment restart(String name) {
        return restart(name, Instant.now());
    }

    /** @param at written into the template; a rollout follows when it differs from the last restart's, to the second */
    public Deployment restart(String name, Instant at) {
        return edit(name, deployment -> {
            if (deployment.spec().paused()) {
                throw ApiException.badRequest(
                        "can't restart paused deployment (run rollout resume first): deployments.apps \"" + name
                                + "\"");
            }
            PodTemplateSpec template = deployment.spec().template();
            Map<String, String> annotations =
                    new LinkedHashMap<>(template.metadata().annotations());
            annotations.put(RESTARTED, at.truncatedTo(ChronoUnit.SECONDS).toString());
            return withTemplate(
                    deployment,
                    PodTemplateSpecBuilder.builder(template)
                            .metadata(ObjectMetaBuilder.builder(template.metadata())
                                    .annotations(annotations)
                                    .build())
                            .build());
        });
    }

    /** Goes back to the template before the present one. */
    public Deployment undo(String name) {
        return undo(name, 0);
    }

    /**
     * Goes back to the template of a revision.
     *
     * @param revision as in the annotation {@code deployment.kubernetes.io/revision}; 0 for the one before the present
     * @throws ApiException with reason NotFound when that revision is not kept
     */
    public Deployment undo(String name, long revision) {
        return edit(name, deployment -> {
            if (deployment.spec().paused()) {
                throw ApiException.badRequest("you cannot rollback a paused deployment; resume it first and try again");
            }
            RolloutHistory history = RolloutHistory.of(deployment, replicaSets().list());
            return withTemplate(deployment, history.template(revision));
        });
    }

    /** The templates that can be gone back to. */
    public RolloutHistory history(String name) {
        return RolloutHistory.of(get(name), replicaSets().list());
    }

    /** Changes of the template start no rollout until {@link #resume}. */
    public Deployment pause(String name) {
        return edit(name, deployment -> paused(deployment, true));
    }

    public Deployment resume(String name) {
        return edit(name, deployment -> paused(deployment, false));
    }

    public RolloutStatus rolloutStatus(String name) {
        return RolloutStatus.of(get(name));
    }

    /**
     * Waits, by watch, until every replica of the present spec is available and none of an older one is left. Must not be
     * called on a thread that the cluster itself needs.
     *
     * @throws ApiException with reason Timeout when it takes longer, or when the deployment's own progress deadline passes
     */
    public Deployment awaitAvailable(String name, Duration patience) {
        return ObjectWait.until(
                this,
                name,
                found -> found.flatMap(deployment -> {
                    RolloutStatus status = RolloutStatus.of(deployment);
                    if (status.state() == RolloutStatus.State.STUCK) {
                        throw new ApiException(Reason.TIMEOUT, status.message());
                    }
                    return status.isDone() ? Optional.of(deployment) : Optional.empty();
                }),
                "deployment \"" + name + "\" to become available",
                patience);
    }

    private ResourceClient<ReplicaSet> replicaSets() {
        return new ResourceClient<>(transport(), ReplicaSet.TYPE, namespace(), writing());
    }

    private static Deployment withTemplate(Deployment deployment, PodTemplateSpec template) {
        return DeploymentBuilder.builder(deployment)
                .spec(DeploymentSpecBuilder.builder(deployment.spec())
                        .template(template)
                        .build())
                .build();
    }

    private static Deployment paused(Deployment deployment, boolean paused) {
        return DeploymentBuilder.builder(deployment)
                .spec(DeploymentSpecBuilder.builder(deployment.spec())
                        .paused(paused)
                        .build())
                .build();
    }
}
