package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many pods each domain has, where all nodes count. The latest sums of each topology are kept: from one pod to the next few
 * nodes change, and only those are looked at. What is kept saves work and changes no answer. Thread-safe.
 */
final class DomainSums {
    private static final int KEPT = 16;

    private record Latest(Topology topology, Counts nodes, int[] sums) {}

    private final Map<String, Latest> byLabel = new ConcurrentHashMap<>();

    /** By domain; not to be changed. @param label the one of the topology */
    int[] of(String label, Topology topology, Counts nodes) {
        Latest before = byLabel.get(label);
        if (before != null && before.topology == topology && before.nodes == nodes) {
            return before.sums;
        }
        int[] sums;
        if (before == null || before.topology != topology) {
            sums = new int[topology.size()];
            nodes.forEach((node, pods) -> add(topology, node, pods, sums));
        } else {
            sums = before.sums.clone();
            nodes.forEachDifference(before.nodes, (node, more) -> add(topology, node, more, sums));
        }
        if (byLabel.size() >= KEPT && !byLabel.containsKey(label)) {
            byLabel.clear();
        }
        byLabel.put(label, new Latest(topology, nodes, sums));
        return sums;
    }

    private static void add(Topology topology, int node, int pods, int[] sums) {
        int domain = topology.domainOf(node);
        if (domain != Topology.NOWHERE) {
            sums[domain] += pods;
        }
    }
}
