package io.orchestrator.core.schedule;

import io.orchestrator.api.model.core.Node;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Topologies;
import io.orchestrator.core.schedule.persistent.PersistentMap;
import io.orchestrator.core.schedule.persistent.PersistentVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler knows of the cluster: nodes, the pods that hold room on them, and those of its own placements that it
 * has not seen come back yet (assumed). Each change costs the difference, and so does the next {@link #snapshot()}; only when a
 * node came or went are the nodes put in order again. Owned by the scheduler's loop.
 */
final class ClusterCache {

    /** A pod that holds room. */
    private record Placed(PodView pod, String node, boolean assumed) {}

    /** A node's name, whether or not the node was seen yet, and who holds room there. */
    private static final class Slot {
        final Map<String, PodView> pods = new LinkedHashMap<>();

        @Nullable
        NodeView node;

        /** Where it stands, below zero when it has no place yet. */
        int position = -1;
    }

    private final Map<String, Slot> slots = new HashMap<>();
    private final Map<String, Placed> placed = new HashMap<>();
    private final Tallies tallies = new Tallies();
    private final AssumedObjects objects = new AssumedObjects();
    private final Nominations nominations = new Nominations();
    private PersistentVector<NodeView> row = PersistentVector.of(List.of());
    private Map<String, Integer> positions = Map.of();
    private PersistentMap<String, Integer> imageNodes = PersistentMap.empty();
    private Topologies topologies = new Topologies();
    private boolean reordered;

    AssumedObjects objects() {
        return objects;
    }

    Nominations nominations() {
        return nominations;
    }

    /** These counts are going to be asked for. */
    void want(Collection<PodQuery> queries) {
        if (!queries.isEmpty()) {
            if (reordered) {
                reorder();
            }
            tallies.want(queries);
        }
    }

    /** Takes in a node's new state. Returns what about it could matter to waiting pods. */
    Optional<ClusterChange> node(Node node) {
        Slot slot = slots.computeIfAbsent(node.metadata().name(), name -> new Slot());
        NodeView before = slot.node;
        NodeView after = NodeView.of(node, slot.pods.values());
        countImages(before, after);
        if (before == null) {
            slot.node = after;
            reordered = true;
            return Optional.of(new ClusterChange.NodeAdded(after));
        }
        Set<ChangeKind> changes = differences(before, after);
        replace(slot, after.at(before.position()));
        if (changes.contains(ChangeKind.NODE_LABELS_CHANGED)) {
            topologies = new Topologies();
            reordered = true;
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClusterChange.NodeChanged(before, after, changes));
    }

    private static Set<ChangeKind> differences(NodeView before, NodeView after) {
        Set<ChangeKind> changes = EnumSet.noneOf(ChangeKind.class);
        if (!before.allocatable().equals(after.allocatable()) || before.allowedPods() != after.allowedPods()) {
            changes.add(ChangeKind.NODE_ALLOCATABLE_CHANGED);
        }
        if (!before.labels().equals(after.labels())) {
            changes.add(ChangeKind.NODE_LABELS_CHANGED);
        }
        if (!before.taints().equals(after.taints()) || before.unschedulable() != after.unschedulable()) {
            changes.add(ChangeKind.NODE_TAINTS_CHANGED);
        }
        return changes;
    }

    private void countImages(@Nullable NodeView before, @Nullable NodeView after) {
        Set<String> old = before == null ? Set.of() : before.images().keySet();
        Set<String> now = after == null ? Set.of() : after.images().keySet();
        if (old.equals(now)) {
            return;
        }
        old.stream().filter(image -> !now.contains(image)).forEach(image -> countImage(image, -1));
        now.stream().filter(image -> !old.contains(image)).forEach(image -> countImage(image, 1));
    }

    private void countImage(String image, int difference) {
        int nodes = imageNodes.getOrDefault(image, 0) + difference;
        imageNodes = nodes == 0 ? imageNodes.without(image) : imageNodes.with(image, nodes);
    }

    /** The node is gone. Its pods still count, should it come back. Returns it as it was, or null when it was not known. */
    @Nullable
    NodeView nodeGone(String name) {
        Slot slot = slots.get(name);
        if (slot == null || slot.node == null) {
            return null;
        }
        NodeView gone = slot.node;
        slot.pods.values().forEach(tallies::remove);
        countImages(gone, null);
        slot.node = null;
        slot.position = -1;
        reordered = true;
        dropIfEmpty(name, slot);
        return gone;
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
        tallies.remove(before.pod);
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

    /** The pod that holds room, as it was last seen or assumed; null when it holds none. */
    @Nullable
    PodView pod(String uid) {
        Placed pod = placed.get(uid);
        return pod == null ? null : pod.pod;
    }

    /** A pod that holds room, in another state of its own. No effect on one that does not. */
    void replace(PodView pod) {
        Placed before = placed.get(pod.uid());
        if (before != null) {
            place(new Placed(pod, before.node, before.assumed));
        }
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
        return new Snapshot(
                row, positions, topologies, tallies.census(), imageNodes, nominations.byNode(), objects.assumed());
    }

    private void place(Placed now) {
        Placed before = placed.get(now.pod.uid());
        if (before != null && before.node.equals(now.node) && takesTheSame(before.pod, now.pod)) {
            placed.put(now.pod.uid(), now);
            Slot slot = slot(now.node);
            slot.pods.put(now.pod.uid(), now.pod);
            if (slot.node != null && !startedTogether(before.pod, now.pod)) {
                replace(slot, slot.node.withNewer(now.pod));
            }
            return;
        }
        remove(now.pod.uid());
        placed.put(now.pod.uid(), now);
        Slot slot = slots.computeIfAbsent(now.node, name -> new Slot());
        slot.pods.put(now.pod.uid(), now.pod);
        if (slot.position >= 0) {
            tallies.add(now.pod, slot.position);
        }
        if (slot.node != null) {
            replace(slot, slot.node.with(now.pod));
        }
    }

    /** A pod's labels, and whether it ends, matter to rules about other pods; its start matters to who is driven out. */
    static boolean countsTheSame(PodView one, PodView other) {
        return takesTheSame(one, other) && startedTogether(one, other);
    }

    private static boolean takesTheSame(PodView one, PodView other) {
        return one.requests().equals(other.requests())
                && one.scored().equals(other.scored())
                && one.hostPorts().equals(other.hostPorts())
                && one.claims().equals(other.claims())
                && one.ending() == other.ending()
                && one.pod().metadata().labels().equals(other.pod().metadata().labels());
    }

    private static boolean startedTogether(PodView one, PodView other) {
        return Objects.equals(
                one.pod().status().startTime(), other.pod().status().startTime());
    }

    private void replace(Slot slot, NodeView node) {
        slot.node = node;
        if (!reordered && slot.position >= 0) {
            row = row.with(slot.position, node);
        }
    }

    private void reorder() {
        List<NodeView> nodes = new ArrayList<>();
        for (Slot slot : slots.values()) {
            if (slot.node != null) {
                nodes.add(slot.node);
            }
        }
        List<NodeView> ordered = Snapshot.inOrder(nodes);
        int[] to = new int[row.size()];
        Arrays.fill(to, -1);
        Map<String, Integer> places = new HashMap<>();
        List<Slot> fresh = new ArrayList<>();
        for (NodeView node : ordered) {
            Slot slot = slot(node.name());
            if (slot.position >= 0) {
                to[slot.position] = node.position();
            } else {
                fresh.add(slot);
            }
            slot.position = node.position();
            slot.node = node;
            places.put(node.name(), node.position());
        }
        tallies.moved(to, ordered.size());
        fresh.forEach(slot -> slot.pods.values().forEach(pod -> tallies.add(pod, slot.position)));
        row = PersistentVector.of(ordered);
        positions = places;
        topologies = new Topologies();
        reordered = false;
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
