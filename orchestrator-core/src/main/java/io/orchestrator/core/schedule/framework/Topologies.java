package io.orchestrator.core.schedule.framework;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topologies of nodes, each worked out when it is first asked for. Snapshots share them as long as no node comes, goes or
 * changes its labels. Thread-safe.
 */
public final class Topologies {
    private final Map<String, Topology> byKey = new ConcurrentHashMap<>();

    Topology of(String key, List<NodeView> nodes) {
        return byKey.computeIfAbsent(key, label -> Topology.of(nodes, label));
    }
}
