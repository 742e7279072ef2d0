package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What one plugin says about a pod, at its own steps and no other's. */
final class Trial {
    private final Snapshot snapshot;

    private Trial(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static Trial on(NodeView... nodes) {
        return new Trial(Snapshot.of(List.of(nodes)));
    }

    @SuppressWarnings("unchecked") // an object is of its own class
    Trial with(Resource... objects) {
        KnownObjects known = snapshot.objects();
        for (Resource object : objects) {
            known = known.with(ResourceType.of((Class<Resource>) object.getClass()), object);
        }
        return new Trial(snapshot.withObjects(known));
    }

    Answer of(Plugin plugin, Pod pod) {
        return new Answer(plugin, new Cycle(PodView.of(pod), snapshot, new SplittableRandom(1)));
    }

    final class Answer {
        final Plugin plugin;
        final Cycle cycle;
        final PreFilter prepared;

        private Answer(Plugin plugin, Cycle cycle) {
            this.plugin = plugin;
            this.cycle = cycle;
            this.prepared = plugin instanceof PreFilterPlugin first ? first.preFilter(cycle) : PreFilter.proceed();
        }

        Verdict verdict(String node) {
            return verdict(snapshot.node(node));
        }

        Verdict verdict(NodeView node) {
            if (prepared instanceof PreFilter.Refuse refuse) {
                return refuse.why();
            }
            boolean asked = !(prepared instanceof PreFilter.Skip) && plugin.concerns(cycle.pod());
            return asked ? ((FilterPlugin) plugin).filter(cycle, node) : Verdict.fits();
        }

        /** The nodes that fit. */
        Set<String> fitting() {
            Set<String> fitting = new TreeSet<>();
            for (NodeView node : snapshot.nodes()) {
                if (verdict(node) instanceof Verdict.Fits) {
                    fitting.add(node.name());
                }
            }
            return fitting;
        }

        /** Raw, all nodes being feasible. */
        double score(String node) {
            if (plugin instanceof PreScorePlugin first) {
                first.preScore(cycle, snapshot.nodes());
            }
            return ((ScorePlugin) plugin).score(cycle, snapshot.node(node));
        }

        /** Brought to 0 to 100, all nodes being feasible; empty when the plugin leaves itself out. */
        Map<String, Double> scores() {
            Map<String, Double> byNode = new LinkedHashMap<>();
            if (!plugin.concerns(cycle.pod())
                    || (plugin instanceof PreScorePlugin first && !first.preScore(cycle, snapshot.nodes()))) {
                return byNode;
            }
            double[] scores = new double[snapshot.size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = ((ScorePlugin) plugin).score(cycle, snapshot.node(i));
            }
            ((ScorePlugin) plugin).normalize(cycle, snapshot.nodes(), scores);
            for (int i = 0; i < scores.length; i++) {
                byNode.put(snapshot.node(i).name(), scores[i]);
            }
            return byNode;
        }
    }
}
