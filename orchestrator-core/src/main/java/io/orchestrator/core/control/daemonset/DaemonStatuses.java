package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetStatus;
import io.orchestrator.api.model.apps.DaemonSetStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a DaemonSet's status should say. */
final class DaemonStatuses {
    private DaemonStatuses() {}

    /** @param going pods that were asked to go, although they do not show it yet */
    static DaemonSetStatus of(DaemonState state, int collisions, Predicate<Pod> going) {
        DaemonSet set = state.set();
        int current = 0;
        int misplaced = 0;
        int ready = 0;
        int available = 0;
        int updated = 0;
        for (Map.Entry<String, NodeFit> node : state.fits().entrySet()) {
            List<Pod> here = state.on(node.getKey());
            if (here.isEmpty()) {
                continue;
            }
            if (!node.getValue().run()) {
                misplaced++;
                continue;
            }
            current++;
            boolean anyUpdated = here.stream().anyMatch(state::isUpdated);
            updated += anyUpdated ? 1 : 0;
            List<Pod> staying = here.stream()
                    .filter(pod -> pod.metadata().deletionTimestamp() == null && !going.test(pod))
                    .toList();
            ready += staying.stream().anyMatch(PodFacts::isReady) ? 1 : 0;
            available += staying.stream().anyMatch(state::isAvailable) ? 1 : 0;
        }
        return DaemonSetStatusBuilder.builder(set.status())
                .observedGeneration(set.metadata().generation())
                .desiredNumberScheduled(state.desired())
                .currentNumberScheduled(current)
                .numberMisscheduled(misplaced)
                .numberReady(ready)
                .numberAvailable(available)
                .numberUnavailable(state.desired() - available)
                .updatedNumberScheduled(updated)
                .collisionCount(collisions == 0 ? set.status().collisionCount() : Integer.valueOf(collisions))
                .build();
    }
}
