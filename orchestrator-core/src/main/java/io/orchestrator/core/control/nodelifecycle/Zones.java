package io.orchestrator.core.control.nodelifecycle;

import io.orchestrator.api.model.core.Node;
import io.orchestrator.core.control.nodelifecycle.NodeTaints.Eviction;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Decides when the pods of a silent node may be driven off. When everything is silent, the fault is more likely between
 * the nodes and us than in all of them: then nothing is evicted. Confined to the controller's one worker.
 */
final class Zones {
    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final NodeLifecycleSettings settings;
    private final LongSupplier nanoTime;
    private final Map<String, Long> lastEviction = new HashMap<>();
    /** Silent nodes whose pods were allowed to be driven off, even where that was called off since. */
    private final Set<String> allowed = new HashSet<>();

    Zones(NodeLifecycleSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * Whether this unhealthy node's pods may go now. Saying ALLOWED counts as an eviction, but for a node of which it was said
     * before: what is taken up again takes no turn from those that wait for their first.
     *
     * @param suspect whether a node must be taken for unhealthy, or about to be
     */
    Eviction decide(Node node, List<Node> all, Predicate<Node> suspect) {
        if (all.stream().allMatch(suspect)) {
            return Eviction.CALLED_OFF;
        }
        if (NodeTaints.evicts(node)) {
            return Eviction.ALLOWED;
        }
        String zone = zoneOf(node);
        List<Node> peers =
                all.stream().filter(each -> zoneOf(each).equals(zone)).toList();
        long silent = peers.stream().filter(suspect).count();
        boolean whole = silent == peers.size();
        // Two nodes are the least that can say something of their zone, as in Kubernetes.
        boolean disrupted = !whole && silent > 2 && silent >= settings.unhealthyFraction() * peers.size();
        if (disrupted && peers.size() <= settings.largeZone()) {
            return Eviction.HELD;
        }
        Duration interval = disrupted ? settings.slowEvictionInterval() : settings.evictionInterval();
        String name = node.metadata().name();
        if (!allowed.contains(name)) {
            long now = nanoTime.getAsLong();
            Long last = lastEviction.get(zone);
            if (last != null && now - last < interval.toNanos()) {
                return Eviction.HELD;
            }
            lastEviction.put(zone, now);
            allowed.add(name);
        }
        return Eviction.ALLOWED;
    }

    /** The node speaks again, or is no more. */
    void heard(String node) {
        allowed.remove(node);
    }

    private static String zoneOf(Node node) {
        Map<String, String> labels = node.metadata().labels();
        return labels.getOrDefault(REGION, "") + "/" + labels.getOrDefault(ZONE, "");
    }
}
