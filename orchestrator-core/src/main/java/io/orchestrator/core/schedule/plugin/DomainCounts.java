package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;

/** How many pods of some sort each domain of a topology has. Mutable, for the length of one cycle. */
final class DomainCounts {
    private final Topology topology;
    private final int[] counts;

    private DomainCounts(Topology topology, int[] counts) {
        this.topology = topology;
        this.counts = counts;
    }

    static DomainCounts none(Topology topology) {
        return new DomainCounts(topology, new int[topology.size()]);
    }

    DomainCounts copy() {
        return new DomainCounts(topology, counts.clone());
    }

    Topology topology() {
        return topology;
    }

    /** Adds what each node has to its domain. */
    DomainCounts add(Counts nodes) {
        nodes.forEach(this::add);
        return this;
    }

    void add(int node, int difference) {
        int domain = topology.domainOf(node);
        if (domain != Topology.NOWHERE) {
            counts[domain] += difference;
        }
    }

    boolean hasDomain(NodeView node) {
        return topology.domainOf(node.position()) != Topology.NOWHERE;
    }

    /** Of the node's domain; zero for a node that is in none. */
    int at(NodeView node) {
        int domain = topology.domainOf(node.position());
        return domain == Topology.NOWHERE ? 0 : counts[domain];
    }

    int in(int domain) {
        return counts[domain];
    }

    boolean isEmpty() {
        for (int count : counts) {
            if (count != 0) {
                return false;
            }
        }
        return true;
    }
}
