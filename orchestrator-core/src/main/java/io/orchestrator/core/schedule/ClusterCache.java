package io.orchestrator.core.schedule;

import io.orchestrator.api.model.core.Node;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler knows of the cluster: nodes, the pods that hold room on them, and those of its own placements that it
 * has not seen come back yet (assumed). Each change costs the difference, and so does the next {@link #snapshot()}, apart from
 * one copy of the array of nodes. Owned by the scheduler's loop.
 */
final class ClusterCache {

    /** A pod that holds room. */
    private record Placed(PodView pod, String node, boolean assumed) {}

    /** A node's name, whether or not the node was seen yet, and who holds room there. */
    private static final class Slot {
        final Map<String, PodView> pods = new LinkedHashMap<>();

        @Nullable
        NodeView node;

        int index = -1;
    }

    private final Map<String, Slot> slots = new HashMap<>();
    private final Map<String, Placed> placed = new HashMap<>();
    private NodeView[] nodes = new NodeView[0];
    private boolean shared;
    private boolean reordered;

    /** Takes in a node's new state. Returns what about it could matter to waiting pods. */
    Set<ClusterChange> node(Node node) {
        Slot slot = slots.computeIfAbsent(node.metadata().name(), name -> new Slot());
        NodeView before = slot.node;
        NodeView after = NodeView.of(node, slot.pods.values());
        if (before == null) {
            slot.node = after;
            reordered = true;
            return EnumSet.of(ClusterChange.NODE_ADDED);
        }
        Set<ClusterChange> changes = differences(before, after);
        if (!changes.isEmpty()) {
            replace(slot, after);
        }
        return changes;
    }

    private static Set<ClusterChange> differences(NodeView before, NodeView after) {
        Set<ClusterChange> changes = EnumSet.noneOf(ClusterChange.class);
        if (!before.allocatable().equals(after.allocatable()) || before.allowedPods() != after.allowedPods()) {
            changes.add(ClusterChange.NODE_ALLOCATABLE_CHANGED);
        }
        if (!before.labels().equals(after.labels())) {
            changes.add(ClusterChange.NODE_LABELS_CHANGED);
        }
        if (!before.taints().equals(after.taints()) || before.unschedulable() != after.unschedulable()) {
            changes.add(ClusterChange.NODE_TAINTS_CHANGED);
        }
        return changes;
    }

    /** The node is gone. Its pods still count, should it come back. */
    void nodeGone(String name) {
        Slot slot = slots.get(name);
        if (slot != null && slot.node != null) {
            slot.node = null;
            reordered = true;
            dropIfEmpty(name, slot);
        }
    }

    /** Takes room for a pod that is being bound. */
    void assume(PodView pod, String node) {
        place(new Placed(pod, node, true));
    }

    /** A pod was seen on a node: no longer assumed, wherever it was believed to be. */
    void seen(PodView pod, String node) {
        place(new Placed(pod, node, false));
    }

    /** Gives the pod's room back. Returns the node it held room on, or null when it held none. */
    @Nullable
    String remove(String uid) {
        Placed before = placed.remove(uid);
        if (before == null) {
            return null;
        }
        Slot slot = slot(before.node);
        slot.pods.remove(uid);
        if (slot.node != null) {
            replace(slot, slot.node.without(before.pod));
        }
        dropIfEmpty(before.node, slot);
        return before.node;
    }

    boolean isAssumed(String uid) {
        Placed pod = placed.get(uid);
        return pod != null && pod.assumed;
    }

    /** Where the pod holds room, or null. */
    @Nullable
    String nodeOf(String uid) {
        Placed pod = placed.get(uid);
        return pod == null ? null : pod.node;
    }

    @Nullable
    NodeView nodeView(String name) {
        Slot slot = slots.get(name);
        return slot == null ? null : slot.node;
    }

    Snapshot snapshot() {
        if (reordered) {
            reorder();
        }
        shared = true;
        return new Snapshot(nodes);
    }

    private void place(Placed now) {
        Placed before = placed.get(now.pod.uid());
        if (before != null && before.node.equals(now.node) && sameRoom(before.pod, now.pod)) {
            placed.put(now.pod.uid(), now);
            slot(now.node).pods.put(now.pod.uid(), now.pod);
            return;
        }
        remove(now.pod.uid());
        placed.put(now.pod.uid(), now);
        Slot slot = slots.computeIfAbsent(now.node, name -> new Slot());
        slot.pods.put(now.pod.uid(), now.pod);
        if (slot.node != null) {
            replace(slot, slot.node.with(now.pod));
        }
    }

    /** A pod's labels matter to rules about other pods, so they count as well. */
    private static boolean sameRoom(PodView one, PodView other) {
        return one.requests().equals(other.requests())
                && one.scored().equals(other.scored())
                && one.hostPorts().equals(other.hostPorts())
                && one.pod().metadata().labels().equals(other.pod().metadata().labels());
    }

    private void replace(Slot slot, NodeView node) {
        slot.node = node;
        if (reordered) {
            return;
        }
        if (shared) {
            nodes = nodes.clone();
            shared = false;
        }
        nodes[slot.index] = node;
    }

    private void reorder() {
        Map<String, NodeView> byName = new TreeMap<>();
        for (Slot slot : slots.values()) {
            if (slot.node != null) {
                byName.put(slot.node.name(), slot.node);
            }
        }
        nodes = byName.values().toArray(NodeView[]::new);
        for (int i = 0; i < nodes.length; i++) {
            slot(nodes[i].name()).index = i;
        }
        reordered = false;
        shared = false;
    }

    private Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalStateException("nothing is known of node " + name);
        }
        return slot;
    }

    private void dropIfEmpty(String name, Slot slot) {
        if (slot.node == null && slot.pods.isEmpty()) {
            slots.remove(name);
        }
    }
}
