package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodRules;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much the wishes of a pod, and of those that are there, draw it to each domain. */
final class PodAttraction {
    private final Map<String, double[]> byKey = new LinkedHashMap<>();
    private final Snapshot snapshot;

    private PodAttraction(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static PodAttraction of(Cycle cycle, int hardWeight) {
        Snapshot snapshot = cycle.snapshot();
        PodView pod = cycle.pod();
        PodAttraction attraction = new PodAttraction(snapshot);
        for (PodRules.Weighted wish : pod.rules().preferences()) {
            Counts there = snapshot.count(Neighbourhood.one(wish.term(), snapshot.objects()));
            attraction.add(wish.term().topologyKey(), wish.weight(), there);
        }
        snapshot.forEachTerm(pod.namespace(), (carried, nodes) -> {
            int weight = switch (carried.kind()) {
                case NEAR -> hardWeight;
                case PREFERENCE -> carried.weight();
                case FAR -> 0;
            };
            if (weight != 0 && carried.term().isAbout(pod.pod(), snapshot.objects())) {
                attraction.add(carried.term().topologyKey(), weight, nodes);
            }
        });
        return attraction;
    }

    private void add(String key, double weight, Counts nodes) {
        if (nodes.sum() == 0) {
            return;
        }
        Topology topology = snapshot.topology(key);
        double[] domains = byKey.computeIfAbsent(key, label -> new double[topology.size()]);
        nodes.forEach((node, count) -> {
            int domain = topology.domainOf(node);
            if (domain != Topology.NOWHERE) {
                domains[domain] += weight * count;
            }
        });
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    double at(NodeView node) {
        double sum = 0;
        for (Map.Entry<String, double[]> each : byKey.entrySet()) {
            int domain = snapshot.topology(each.getKey()).domainOf(node.position());
            sum += domain == Topology.NOWHERE ? 0 : each.getValue()[domain];
        }
        return sum;
    }
}
