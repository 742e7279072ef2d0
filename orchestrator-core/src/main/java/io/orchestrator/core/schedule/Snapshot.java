package io.orchestrator.core.schedule;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;

/** The cluster at one moment: its nodes in the order of their names. Immutable; unchanged nodes are shared between snapshots. */
public final class Snapshot {
    private final NodeView[] nodes;

    /** Takes over the array. */
    Snapshot(NodeView[] nodes) {
        this.nodes = nodes;
    }

    public static Snapshot of(List<NodeView> nodes) {
        NodeView[] sorted = nodes.toArray(NodeView[]::new);
        Arrays.sort(sorted, Comparator.comparing(NodeView::name));
        return new Snapshot(sorted);
    }

    public int size() {
        return nodes.length;
    }

    public NodeView node(int index) {
        return nodes[index];
    }

    public List<NodeView> nodes() {
        return new NodeList();
    }

    /** A read-only list over the array: no copy. */
    private final class NodeList extends AbstractList<NodeView> implements RandomAccess {
        @Override
        public NodeView get(int index) {
            return nodes[index];
        }

        @Override
        public int size() {
            return nodes.length;
        }
    }
}
