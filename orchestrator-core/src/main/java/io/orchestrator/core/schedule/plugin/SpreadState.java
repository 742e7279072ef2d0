package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.Forkable;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.SpreadRule;
import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.ArrayList;
import java.util.List;

/** How evenly the pods of each hard constraint are spread. Changes with pods that are tried. */
final class SpreadState implements Forkable {

    /** What a node would make of the spread. */
    enum Check {
        EVEN,
        UNEVEN,
        UNLABELLED
    }

    /** One constraint. */
    private static final class Spread {
        final SpreadRule rule;
        final PodQuery query;
        final boolean countsItself;
        final DomainCounts counts;

        /** Whether some node counts that is in the domain. */
        final boolean[] eligible;

        final int domains;
        private int least = -1;

        Spread(
                SpreadRule rule,
                PodQuery query,
                boolean countsItself,
                DomainCounts counts,
                boolean[] eligible,
                int domains) {
            this.rule = rule;
            this.query = query;
            this.countsItself = countsItself;
            this.counts = counts;
            this.eligible = eligible;
            this.domains = domains;
        }

        Spread copy() {
            return new Spread(rule, query, countsItself, counts.copy(), eligible, domains);
        }

        /** Fewer domains than demanded count as if another one were empty. */
        int least() {
            if (least < 0) {
                int found = domains < rule.minDomains() ? 0 : Integer.MAX_VALUE;
                for (int i = 0; i < eligible.length && found > 0; i++) {
                    if (eligible[i]) {
                        found = Math.min(found, counts.in(i));
                    }
                }
                least = found == Integer.MAX_VALUE ? 0 : found;
            }
            return least;
        }

        void changed(int node, int difference) {
            counts.add(node, difference);
            least = -1;
        }
    }

    private final PodView pod;
    private final List<Spread> spreads;

    private SpreadState(PodView pod, List<Spread> spreads) {
        this.pod = pod;
        this.spreads = spreads;
    }

    static SpreadState of(Cycle cycle, List<SpreadRule> rules) {
        Snapshot snapshot = cycle.snapshot();
        List<Topology> topologies = rules.stream()
                .map(rule -> snapshot.topology(rule.topologyKey()))
                .toList();
        List<Spread> spreads = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            spreads.add(spread(cycle, rules.get(i), topologies.get(i), topologies));
        }
        return new SpreadState(cycle.pod(), spreads);
    }

    private static Spread spread(Cycle cycle, SpreadRule rule, Topology topology, List<Topology> all) {
        Snapshot snapshot = cycle.snapshot();
        PodQuery query = TopologySpread.query(cycle.pod(), rule);
        Counts there = snapshot.count(query);
        DomainCounts counts = DomainCounts.none(topology);
        boolean[] eligible = new boolean[topology.size()];
        int domains = 0;
        boolean anyNode = Inclusion.anyNode(cycle.pod(), rule);
        for (int node = 0; node < snapshot.size(); node++) {
            if (!Inclusion.isInAll(all, node)
                    || !(anyNode || Inclusion.counts(cycle.pod(), rule, snapshot.node(node)))) {
                continue;
            }
            int domain = topology.domainOf(node);
            if (!eligible[domain]) {
                eligible[domain] = true;
                domains++;
            }
            int pods = there.get(node);
            if (pods > 0) {
                counts.add(node, pods);
            }
        }
        return new Spread(rule, query, query.matches(cycle.pod().pod()), counts, eligible, domains);
    }

    @Override
    public SpreadState fork() {
        return new SpreadState(pod, spreads.stream().map(Spread::copy).toList());
    }

    /** Another pod came to the node, or left it. */
    void changed(PodView other, NodeView node, int difference) {
        for (Spread spread : spreads) {
            if (spread.query.matches(other.pod())
                    && spreads.stream().allMatch(each -> each.counts.hasDomain(node))
                    && Inclusion.counts(pod, spread.rule, node)) {
                spread.changed(node.position(), difference);
            }
        }
    }

    Check check(NodeView node) {
        for (Spread spread : spreads) {
            if (!spread.counts.hasDomain(node)) {
                return Check.UNLABELLED;
            }
            int skew = spread.counts.at(node) + (spread.countsItself ? 1 : 0) - spread.least();
            if (skew > spread.rule.maxSkew()) {
                return Check.UNEVEN;
            }
        }
        return Check.EVEN;
    }
}
