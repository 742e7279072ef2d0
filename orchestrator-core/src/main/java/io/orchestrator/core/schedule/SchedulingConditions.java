package io.orchestrator.core.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into a pod's status why it has no node. Stateless; its calls block. */
final class SchedulingConditions {
    static final String TYPE = "PodScheduled";
    private static final Logger LOG = LoggerFactory.getLogger(SchedulingConditions.class);
    private static final int ATTEMPTS = 4;

    private final Client client;
    private final Clock clock;

    SchedulingConditions(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Writes nothing when the pod says so already, has a node, or is gone. A write that fails is made up for after the pod's
     * next attempt, since that compares again.
     *
     * @param nominated the node that room was made on for the pod, or empty
     */
    void unscheduled(Pod pod, String reason, String message, String nominated) {
        ResourceClient<Pod> pods =
                client.resources(Pod.TYPE).inNamespace(pod.metadata().namespace());
        Optional<Pod> current = Optional.of(pod);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (current.isEmpty()
                        || !concerns(current.get(), pod)
                        || says(current.get(), reason, message, nominated)) {
                    return;
                }
                try {
                    pods.updateStatus(saying(current.get(), reason, message, nominated));
                    return;
                } catch (ApiException e) {
                    if (!e.isConflict()) {
                        throw e;
                    }
                    current = pods.find(pod.metadata().name());
                }
            }
        } catch (ApiException e) {
            LOG.debug(
                    "pod {} does not say yet that it has no node",
                    pod.metadata().name(),
                    e);
        }
    }

    private static boolean concerns(Pod current, Pod pod) {
        return current.metadata().uid().equals(pod.metadata().uid())
                && current.spec().nodeName().isEmpty();
    }

    private static boolean says(Pod pod, String reason, String message, String nominated) {
        return pod.status().nominatedNodeName().equals(nominated)
                && pod.status().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(TYPE)
                                && condition.status().equals("False")
                                && condition.reason().equals(reason)
                                && condition.message().equals(message));
    }

    private Pod saying(Pod pod, String reason, String message, String nominated) {
        Time since = Time.of(clock.instant());
        List<PodCondition> conditions = new ArrayList<>();
        for (PodCondition condition : pod.status().conditions()) {
            if (!condition.type().equals(TYPE)) {
                conditions.add(condition);
            } else if (condition.status().equals("False") && condition.lastTransitionTime() != null) {
                since = condition.lastTransitionTime();
            }
        }
        conditions.add(PodConditionBuilder.builder()
                .type(TYPE)
                .status("False")
                .lastTransitionTime(since)
                .reason(reason)
                .message(message)
                .build());
        return pod.withStatus(pod.status().withConditions(conditions).withNominatedNodeName(nominated));
    }
}
