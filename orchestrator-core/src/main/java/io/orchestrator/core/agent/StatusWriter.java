package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodStatus;
import java.util.Optional;

/** Writes what the agent has to say of a pod, and never to another pod of the same name. Blocks. */
final class StatusWriter {
    private final Client client;

    StatusWriter(Client client) {
        this.client = client;
    }

    /** How a write ended. */
    sealed interface Outcome {
        /** @param pod as the API has it now */
        record Written(Pod pod) implements Outcome {}

        /** Somebody else was faster; nothing is written. */
        record Changed(Pod live) implements Outcome {}

        /** The pod is gone, or another one has its name. */
        record Gone() implements Outcome {}

        record Failed(ApiException cause) implements Outcome {}
    }

    Outcome write(Pod pod, PodStatus status) {
        try {
            return new Outcome.Written(
                    client.pods().inNamespace(pod.metadata().namespace()).updateStatus(pod.withStatus(status)));
        } catch (ApiException e) {
            if (!e.isConflict() && !e.isNotFound()) {
                return new Outcome.Failed(e);
            }
        }
        return look(pod);
    }

    /** What the API has of this very pod. */
    Outcome look(Pod pod) {
        try {
            Optional<Pod> live = client.pods()
                    .inNamespace(pod.metadata().namespace())
                    .find(pod.metadata().name());
            return live.filter(found ->
                            found.metadata().uid().equals(pod.metadata().uid()))
                    .<Outcome>map(Outcome.Changed::new)
                    .orElseGet(Outcome.Gone::new);
        } catch (ApiException e) {
            return new Outcome.Failed(e);
        }
    }

    /** Ends the object of a pod that has ended. Succeeds where it is gone already. */
    void delete(Pod pod) {
        try {
            client.pods()
                    .inNamespace(pod.metadata().namespace())
                    .delete(
                            pod.metadata().name(),
                            DeleteOptions.defaults()
                                    .grace(0)
                                    .onlyUid(pod.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
