package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Everything that one plan depends on. Since a plan is a function of it, it can be made again later, to be explained.
 *
 * @param start the index of the node that was looked at first
 * @param seed of the randomness that decides between equals
 */
record Decision(PodView pod, Snapshot snapshot, Planner planner, int start, long seed) {

    /** A fresh cycle for it. */
    Cycle cycle() {
        return new Cycle(pod, snapshot, new SplittableRandom(seed));
    }

    Explanation explain() {
        Map<Integer, Explanation.OnNode> found = new TreeMap<>();
        Map<Integer, Map<String, Double>> scores = new TreeMap<>();
        Plan plan = planner.plan(cycle(), start, new PlanTrace() {
            @Override
            public void refused(NodeView node, Plugin by, Verdict.Unfit why) {
                found.put(node.position(), new Explanation.OnNode(node.name(), by.name(), why.reasons(), Map.of()));
            }

            @Override
            public void fits(NodeView node) {
                scores.put(node.position(), new TreeMap<>());
            }

            @Override
            public void scored(ScorePlugin plugin, List<NodeView> nodes, double[] weighted) {
                for (int i = 0; i < weighted.length; i++) {
                    scores.computeIfAbsent(nodes.get(i).position(), position -> new TreeMap<>())
                            .put(plugin.name(), weighted[i]);
                }
            }
        });
        scores.forEach((position, each) -> found.put(
                position, new Explanation.OnNode(snapshot.node(position).name(), "", List.of(), each)));
        if (plan instanceof Plan.Place place) {
            String message = "Successfully assigned " + pod.key() + " to " + place.node();
            return new Explanation(pod.key(), Optional.of(place.node()), message, new ArrayList<>(found.values()));
        }
        String message = ((Plan.Nowhere) plan).message();
        return new Explanation(pod.key(), Optional.empty(), message, new ArrayList<>(found.values()));
    }
}
