package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetStatus;
import io.orchestrator.api.model.apps.StatefulSetStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.function.Predicate;

/** What a StatefulSet's status should say. */
final class SetStatuses {
    private SetStatuses() {}

    /** @param going pods that were asked to go, although they do not show it yet */
    static StatefulSetStatus of(SetState state, int collisions, Predicate<Pod> going) {
        StatefulSet set = state.set();
        int ready = 0;
        int available = 0;
        int current = 0;
        int updated = 0;
        for (Pod pod : state.pods().values()) {
            if (SetPods.isTerminating(pod) || going.test(pod)) {
                continue;
            }
            boolean runs = SetPods.isRunningAndReady(pod);
            ready += runs ? 1 : 0;
            available += runs && PodFacts.isAvailable(pod, set.spec().minReadySeconds(), state.now()) ? 1 : 0;
            current += SetPods.revision(pod).equals(state.current().name()) ? 1 : 0;
            updated += SetPods.revision(pod).equals(state.update().name()) ? 1 : 0;
        }
        boolean complete = state.isRolling()
                && updated == state.replicas()
                && ready == state.replicas()
                && state.pods().size() == state.replicas();
        return StatefulSetStatusBuilder.builder(set.status())
                .observedGeneration(set.metadata().generation())
                .replicas(state.pods().size())
                .readyReplicas(ready)
                .availableReplicas(available)
                .currentReplicas(complete ? updated : current)
                .updatedReplicas(updated)
                .currentRevision(
                        complete ? state.update().name() : state.current().name())
                .updateRevision(state.update().name())
                .collisionCount(collisions)
                .build();
    }
}
