package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.SpreadRule;
import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.ArrayList;
import java.util.List;

/** How well nodes suit the soft constraints of a pod: the fewer like pods are in their domains, the better. */
final class SpreadScores {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    /**
     * One constraint.
     *
     * @param weight more domains weigh more, so that each constraint has its say
     */
    private record Spread(SpreadRule rule, DomainCounts counts, double weight) {
        double at(NodeView node) {
            return counts.at(node) * weight + (rule.maxSkew() - 1);
        }
    }

    private final List<Topology> topologies;
    private final boolean needsAll;
    private final List<Spread> spreads = new ArrayList<>();

    private SpreadScores(List<Topology> topologies, boolean needsAll) {
        this.topologies = topologies;
        this.needsAll = needsAll;
    }

    /** @param needsAll whether a node without the label of one constraint comes last, whatever the others say */
    static SpreadScores of(Cycle cycle, List<SpreadRule> rules, List<NodeView> feasible, boolean needsAll) {
        Snapshot snapshot = cycle.snapshot();
        List<Topology> topologies = rules.stream()
                .map(rule -> snapshot.topology(rule.topologyKey()))
                .toList();
        SpreadScores scores = new SpreadScores(topologies, needsAll);
        for (int i = 0; i < rules.size(); i++) {
            scores.spreads.add(scores.spread(cycle, rules.get(i), topologies.get(i), feasible));
        }
        return scores;
    }

    private Spread spread(Cycle cycle, SpreadRule rule, Topology topology, List<NodeView> feasible) {
        Snapshot snapshot = cycle.snapshot();
        Counts there = snapshot.count(TopologySpread.query(cycle.pod(), rule));
        DomainCounts counts = DomainCounts.none(topology);
        boolean byNode = rule.topologyKey().equals(HOSTNAME);
        boolean anyNode = byNode || Inclusion.anyNode(cycle.pod(), rule);
        there.forEach((node, pods) -> {
            boolean counted = byNode || !isIgnored(node);
            if (counted && (anyNode || Inclusion.counts(cycle.pod(), rule, snapshot.node(node)))) {
                counts.add(node, pods);
            }
        });
        return new Spread(rule, counts, Math.log(domains(topology, feasible) + 2));
    }

    private int domains(Topology topology, List<NodeView> feasible) {
        boolean[] seen = new boolean[topology.size()];
        int domains = 0;
        for (NodeView node : feasible) {
            int domain = topology.domainOf(node.position());
            if (domain != Topology.NOWHERE && !isIgnored(node.position()) && !seen[domain]) {
                seen[domain] = true;
                domains++;
            }
        }
        return domains;
    }

    private boolean isIgnored(int node) {
        return needsAll && !Inclusion.isInAll(topologies, node);
    }

    double at(NodeView node) {
        if (isIgnored(node.position())) {
            return 0;
        }
        double sum = 0;
        for (Spread spread : spreads) {
            if (spread.counts.hasDomain(node)) {
                sum += spread.at(node);
            }
        }
        return sum;
    }

    void normalize(List<NodeView> nodes, double[] scores) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!isIgnored(nodes.get(i).position())) {
                least = Math.min(least, scores[i]);
                most = Math.max(most, scores[i]);
            }
        }
        for (int i = 0; i < scores.length; i++) {
            if (isIgnored(nodes.get(i).position())) {
                scores[i] = 0;
            } else {
                scores[i] = most == 0 ? ScorePlugin.BEST : ScorePlugin.BEST * (most + least - scores[i]) / most;
            }
        }
    }
}
