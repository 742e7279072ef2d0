package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.core.schedule.persistent.Counts;
import io.orchestrator.core.schedule.persistent.PersistentMap;
import io.orchestrator.core.schedule.persistent.PersistentVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster at one moment. Immutable, and so cheap to take and keep: what did not change is shared between snapshots. Nodes
 * stand in an order that takes zones by turns, and by their names within a zone.
 *
 * @param positions where each node is, by name
 * @param imageNodes on how many nodes each image is
 * @param nominated the pods to which room on a node is promised, by the node's name
 */
public record Snapshot(
        PersistentVector<NodeView> row,
        Map<String, Integer> positions,
        Topologies topologies,
        Census census,
        PersistentMap<String, Integer> imageNodes,
        PersistentMap<String, List<PodView>> nominated,
        KnownObjects objects) {
    private static final String ZONE = "topology.kubernetes.io/zone";

    /** For tests and trials: these nodes with their pods, and nothing else. */
    public static Snapshot of(List<NodeView> nodes) {
        return of(nodes, KnownObjects.NONE);
    }

    public static Snapshot of(List<NodeView> nodes, KnownObjects objects) {
        List<NodeView> ordered = inOrder(nodes);
        Map<String, Integer> positions = new HashMap<>();
        Census census = Census.of(ordered.size());
        PersistentMap<String, Integer> images = PersistentMap.empty();
        for (NodeView node : ordered) {
            positions.put(node.name(), node.position());
            for (PodView pod : node.pods()) {
                census = census.changed(pod, node.position(), List.of(), 1);
            }
            for (String image : node.images().keySet()) {
                images = images.with(image, images.getOrDefault(image, 0) + 1);
            }
        }
        return new Snapshot(
                PersistentVector.of(ordered),
                positions,
                new Topologies(),
                census,
                images,
                PersistentMap.empty(),
                objects);
    }

    /** In the order of a snapshot, each at its position. */
    public static List<NodeView> inOrder(List<NodeView> nodes) {
        List<NodeView> byName = new ArrayList<>(nodes);
        byName.sort(Comparator.comparing(NodeView::name));
        Map<String, Integer> seen = new HashMap<>();
        Map<NodeView, Integer> rank = new java.util.IdentityHashMap<>();
        for (NodeView node : byName) {
            rank.put(node, seen.merge(zone(node), 1, Integer::sum));
        }
        byName.sort(Comparator.<NodeView>comparingInt(rank::get)
                .thenComparing(Snapshot::zone)
                .thenComparing(NodeView::name));
        for (int i = 0; i < byName.size(); i++) {
            byName.set(i, byName.get(i).at(i));
        }
        return byName;
    }

    private static String zone(NodeView node) {
        return node.labels().getOrDefault(ZONE, "");
    }

    public int size() {
        return row.size();
    }

    public NodeView node(int position) {
        return row.get(position);
    }

    /** A read-only list: no copy. */
    public List<NodeView> nodes() {
        return row.asList();
    }

    @Nullable
    public NodeView node(String name) {
        Integer position = positions.get(name);
        return position == null ? null : row.get(position);
    }

    /** How the label divides the nodes. */
    public Topology topology(String label) {
        return topologies.of(label, nodes());
    }

    /** How many such pods are on each node: at no cost where {@link Plugin#counts} announced it. */
    public Counts count(PodQuery query) {
        Counts kept = census.tally(query);
        if (kept != null) {
            return kept;
        }
        Counts counted = Counts.none(size());
        for (int i = 0; i < size(); i++) {
            int matching = 0;
            for (PodView pod : node(i).pods()) {
                if (query.matches(pod.pod())) {
                    matching++;
                }
            }
            if (matching > 0) {
                counted = counted.plus(i, matching);
            }
        }
        return counted;
    }

    /** Calls for each rule of pods on nodes that may speak about a pod of the namespace, with how many of each node carry it. */
    public void forEachTerm(String namespace, BiConsumer<CarriedTerm, Counts> action) {
        census.forEachTerm(namespace, action);
    }

    /** How many pods on nodes use the claim. */
    public int users(ObjectKey claim) {
        return census.users(claim);
    }

    /** On how many nodes the image is. */
    public int nodesWithImage(String name) {
        return imageNodes.getOrDefault(name, 0);
    }

    /** The pods to which room on the node is promised. */
    public List<PodView> nominatedTo(String node) {
        return nominated.getOrDefault(node, List.of());
    }

    /** The same with other objects. */
    public Snapshot withObjects(KnownObjects newObjects) {
        return new Snapshot(row, positions, topologies, census, imageNodes, nominated, newObjects);
    }

    public Snapshot withNominated(PersistentMap<String, List<PodView>> newNominated) {
        return new Snapshot(row, positions, topologies, census, imageNodes, newNominated, objects);
    }
}
