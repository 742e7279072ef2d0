package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategyType;
import io.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A DaemonSet, the nodes, and its pods by the node that they are on or made for, as they are planned on.
 *
 * @param pods all that the set controls, those on their way out too, the first to count first
 * @param fits by node
 * @param revision the hash of the present template
 */
record DaemonState(
        DaemonSet set, Map<String, List<Pod>> pods, Map<String, NodeFit> fits, String revision, Instant now) {
    /** Bound before waiting, the eldest first. */
    static final Comparator<Pod> ELDEST_FIRST = Comparator.comparing(
                    (Pod pod) -> pod.spec().nodeName().isEmpty())
            .thenComparing(DaemonState::created)
            .thenComparing(pod -> pod.metadata().name());

    static DaemonState of(DaemonSet set, Collection<Pod> pods, Collection<Node> nodes, String revision, Instant now) {
        Map<String, List<Pod>> byNode = new TreeMap<>();
        for (Pod pod : pods) {
            DaemonPods.nodeOf(pod)
                    .ifPresent(node -> byNode.computeIfAbsent(node, name -> new ArrayList<>())
                            .add(pod));
        }
        byNode.values().forEach(each -> each.sort(ELDEST_FIRST));
        Map<String, NodeFit> fits = new TreeMap<>();
        nodes.forEach(node -> fits.put(node.metadata().name(), NodeFit.of(set, node)));
        return new DaemonState(set, byNode, fits, revision, now);
    }

    List<Pod> on(String node) {
        return pods.getOrDefault(node, List.of());
    }

    boolean runsOn(String node) {
        NodeFit fit = fits.get(node);
        return fit != null && fit.run();
    }

    /** How many nodes are to have a pod. */
    int desired() {
        return (int) fits.values().stream().filter(NodeFit::run).count();
    }

    boolean isAvailable(Pod pod) {
        return PodFacts.isAvailable(pod, set.spec().minReadySeconds(), now);
    }

    boolean isUpdated(Pod pod) {
        return DaemonPods.revision(pod).equals(revision);
    }

    boolean isRolling() {
        return !DaemonSetUpdateStrategyType.ON_DELETE.equals(
                set.spec().updateStrategy().type());
    }

    /** How many nodes may have a new pod beside the old. */
    int maxSurge() {
        RollingUpdateDaemonSet rolling = set.spec().updateStrategy().rollingUpdate();
        IntOrString most = rolling == null ? null : rolling.maxSurge();
        return !isRolling() || most == null ? 0 : most.scaled(desired(), true);
    }

    /** How many nodes may be without an available pod for the sake of a roll-out; at least one where none may surge. */
    int maxUnavailable() {
        RollingUpdateDaemonSet rolling = set.spec().updateStrategy().rollingUpdate();
        IntOrString most = rolling == null ? null : rolling.maxUnavailable();
        int unavailable = most == null ? 1 : most.scaled(desired(), true);
        return unavailable == 0 && maxSurge() == 0 ? 1 : unavailable;
    }

    private static Instant created(Pod pod) {
        Time created = pod.metadata().creationTimestamp();
        return created == null ? Instant.MAX : created.instant();
    }
}
