package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.SpreadRule;
import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How well nodes suit the soft constraints of a pod: the fewer like pods are in their domains, the better. */
final class SpreadScores {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    /**
     * One constraint. Nobody asks for more nodes than those that are in question, and of many nodes they are few: so where every
     * node is a domain, nothing is added up.
     *
     * @param nodes how many pods are on each node, where every node is a domain
     * @param domains how many are in each domain, where that is not so
     * @param weight more domains weigh more, so that each constraint has its say
     */
    private record Spread(
            SpreadRule rule, Topology topology, @Nullable Counts nodes, int @Nullable [] domains, double weight) {
        double at(int node) {
            if (domains == null) {
                return nodes == null ? 0 : score(nodes.get(node));
            }
            int domain = topology.domainOf(node);
            return domain == Topology.NOWHERE ? 0 : score(domains[domain]);
        }

        private double score(int pods) {
            return pods * weight + (rule.maxSkew() - 1);
        }
    }

    private final List<Topology> topologies;
    private final boolean needsAll;
    private final Spread[] spreads;

    private SpreadScores(List<Topology> topologies, boolean needsAll) {
        this.topologies = topologies;
        this.needsAll = needsAll && !topologies.stream().allMatch(Topology::isEverywhere);
        this.spreads = new Spread[topologies.size()];
    }

    /**
     * @param needsAll whether a node without the label of one constraint comes last, whatever the others say
     * @param sums how many pods are in which domain, where all nodes count
     */
    static SpreadScores of(
            Cycle cycle, List<SpreadRule> rules, List<NodeView> feasible, boolean needsAll, DomainSums sums) {
        Snapshot snapshot = cycle.snapshot();
        List<Topology> topologies = rules.stream()
                .map(rule -> snapshot.topology(rule.topologyKey()))
                .toList();
        SpreadScores scores = new SpreadScores(topologies, needsAll);
        for (int i = 0; i < scores.spreads.length; i++) {
            scores.spreads[i] = scores.spread(cycle, rules.get(i), topologies.get(i), feasible, sums);
        }
        return scores;
    }

    private Spread spread(Cycle cycle, SpreadRule rule, Topology topology, List<NodeView> feasible, DomainSums sums) {
        Counts there = cycle.snapshot().count(TopologySpread.query(cycle.pod(), rule));
        double weight = Math.log(domains(topology, feasible) + 2);
        boolean byNode = rule.topologyKey().equals(HOSTNAME);
        if (byNode && topology.isOneEach()) {
            return new Spread(rule, topology, there, null, weight);
        }
        boolean anyNode = byNode || (!needsAll && Inclusion.anyNode(cycle.pod(), rule));
        int[] domains = anyNode ? sums.of(rule.topologyKey(), topology, there) : counted(cycle, rule, topology, there);
        return new Spread(rule, topology, null, domains, weight);
    }

    /** Of those nodes only that count for the constraint. */
    private int[] counted(Cycle cycle, SpreadRule rule, Topology topology, Counts there) {
        Snapshot snapshot = cycle.snapshot();
        boolean anyNode = Inclusion.anyNode(cycle.pod(), rule);
        int[] domains = new int[topology.size()];
        there.forEach((node, pods) -> {
            int domain = topology.domainOf(node);
            if (domain != Topology.NOWHERE
                    && !isIgnored(node)
                    && (anyNode || Inclusion.counts(cycle.pod(), rule, snapshot.node(node)))) {
                domains[domain] += pods;
            }
        });
        return domains;
    }

    private int domains(Topology topology, List<NodeView> feasible) {
        if (topology.isOneEach() && !needsAll) {
            return feasible.size();
        }
        boolean[] seen = new boolean[topology.size()];
        int domains = 0;
        for (int i = 0; i < feasible.size() && domains < seen.length; i++) {
            int node = feasible.get(i).position();
            int domain = topology.domainOf(node);
            if (domain != Topology.NOWHERE && !isIgnored(node) && !seen[domain]) {
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
        return at(node.position());
    }

    void atAll(List<NodeView> nodes, double[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = at(nodes.get(i).position());
        }
    }

    private double at(int node) {
        if (isIgnored(node)) {
            return 0;
        }
        double sum = 0;
        for (Spread spread : spreads) {
            sum += spread.at(node);
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
