package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many pods an owner has, as its status tells it.
 *
 * @param labelled those that bear all labels of the template
 */
public record ReplicaCounts(int replicas, int labelled, int ready, int available) {

    /**
     * Pods that the cache does not show yet, and those that are about to go, are counted among the replicas, as they may be
     * there; nobody counts on their being available.
     */
    public static <O extends Resource> ReplicaCounts of(
            ReplicaControl.Result<O> result, ReplicaOwner owner, Predicate<Pod> going, Instant now) {
        Map<String, String> labels = owner.template().metadata().labels();
        int minReady = owner.minReadySeconds();
        int replicas = 0;
        int labelled = 0;
        int ready = 0;
        int available = 0;
        Map<String, String> latest = Map.of();
        boolean bears = bears(latest, labels);
        for (Pod pod : result.pods()) {
            if (PodFacts.isActive(pod)) {
                replicas++;
                Map<String, String> has = pod.metadata().labels();
                if (has != latest) {
                    // The pods of a template mostly share theirs.
                    latest = has;
                    bears = bears(has, labels);
                }
                labelled += bears ? 1 : 0;
                boolean counts = PodFacts.isReady(pod) && !going.test(pod);
                ready += counts ? 1 : 0;
                available += counts && (minReady == 0 || PodFacts.isAvailable(pod, minReady, now)) ? 1 : 0;
            }
        }
        return new ReplicaCounts(replicas + result.unseen(), labelled, ready, available);
    }

    private static boolean bears(Map<String, String> has, Map<String, String> asked) {
        for (Map.Entry<String, String> label : asked.entrySet()) {
            if (!label.getValue().equals(has.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
