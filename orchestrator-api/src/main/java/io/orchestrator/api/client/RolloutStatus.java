package io.orchestrator.api.client;

import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentCondition;
import io.orchestrator.api.model.apps.DeploymentStatus;

/**
 * How far a deployment has come in running what its spec says.
 *
 * @param message in words, as {@code kubectl rollout status} has them
 */
public record RolloutStatus(State state, String message) {

    /** Where a rollout is. */
    public enum State {
        UNDER_WAY,
        DONE,
        /** It made no progress within its deadline. It may still succeed. */
        STUCK
    }

    public boolean isDone() {
        return state == State.DONE;
    }

    /** A pure function of the object. */
    public static RolloutStatus of(Deployment deployment) {
        String name = "deployment \"" + deployment.metadata().name() + "\"";
        DeploymentStatus status = deployment.status();
        if (status.observedGeneration() < deployment.metadata().generation()) {
            return underWay("Waiting for deployment spec update to be observed...");
        }
        for (DeploymentCondition condition : status.conditions()) {
            if (condition.type().equals("Progressing") && condition.reason().equals("ProgressDeadlineExceeded")) {
                return new RolloutStatus(State.STUCK, name + " exceeded its progress deadline");
            }
        }
        Integer asked = deployment.spec().replicas();
        int replicas = asked == null ? 1 : asked;
        String waiting = "Waiting for " + name + " rollout to finish: ";
        if (status.updatedReplicas() < replicas) {
            return underWay(
                    waiting + status.updatedReplicas() + " out of " + replicas + " new replicas have been updated...");
        }
        if (status.replicas() > status.updatedReplicas()) {
            return underWay(waiting + (status.replicas() - status.updatedReplicas())
                    + " old replicas are pending termination...");
        }
        if (status.availableReplicas() < status.updatedReplicas()) {
            return underWay(waiting + status.availableReplicas() + " of " + status.updatedReplicas()
                    + " updated replicas are available...");
        }
        return new RolloutStatus(State.DONE, name + " successfully rolled out");
    }

    private static RolloutStatus underWay(String message) {
        return new RolloutStatus(State.UNDER_WAY, message);
    }
}
