package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.persistent.PersistentMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which waiting pods room on a node is promised to, since others were driven out for them. Owned by the scheduler's loop. */
final class Nominations {

    private record Nomination(PodView pod, String node) {}

    private final Map<String, Nomination> byUid = new HashMap<>();
    private PersistentMap<String, List<PodView>> byNode = PersistentMap.empty();

    PersistentMap<String, List<PodView>> byNode() {
        return byNode;
    }

    void nominate(PodView pod, String node) {
        remove(pod.uid());
        byUid.put(pod.uid(), new Nomination(pod, node));
        List<PodView> there = new ArrayList<>(byNode.getOrDefault(node, List.of()));
        there.add(pod);
        byNode = byNode.with(node, List.copyOf(there));
    }

    /** The pod in a newer state: keeps its nomination, and takes up one that a scheduler before this one wrote. */
    void seen(PodView pod) {
        Nomination known = byUid.get(pod.uid());
        String node = known != null ? known.node : pod.pod().status().nominatedNodeName();
        if (!node.isEmpty()) {
            nominate(pod, node);
        }
    }

    /** Returns the node that was promised to the pod, or null. */
    @Nullable
    String remove(String uid) {
        Nomination nomination = byUid.remove(uid);
        if (nomination == null) {
            return null;
        }
        List<PodView> left = byNode.getOrDefault(nomination.node, List.of()).stream()
                .filter(pod -> !pod.uid().equals(uid))
                .toList();
        byNode = left.isEmpty() ? byNode.without(nomination.node) : byNode.with(nomination.node, left);
        return nomination.node;
    }

    @Nullable
    String nodeOf(String uid) {
        Nomination nomination = byUid.get(uid);
        return nomination == null ? null : nomination.node;
    }
}
