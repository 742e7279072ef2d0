package io.orchestrator.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Remedy;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random clusters and pods with rules of every kind, held against {@link HardRules}. */
class PlacementRulesTest {
    private final Steps steps = new Steps(KubernetesPlugins.profile("default-scheduler")
            .percentageOfNodesToScore(100)
            .build());

    private final List<Node> nodes = new ArrayList<>();
    private final List<Pod> placed = new ArrayList<>();

    private Set<String> fitting(Decision decision) {
        Set<String> fitting = new TreeSet<>();
        for (Explanation.OnNode each : decision.explain().nodes()) {
            if (each.fits()) {
                fitting.add(each.node());
            }
        }
        return fitting;
    }

    private Set<String> allowed(Pod pod) {
        HardRules rules = new HardRules(nodes, placed);
        Set<String> allowed = new TreeSet<>();
        for (Node node : nodes) {
            if (rules.allow(pod, node.metadata().name())) {
                allowed.add(node.metadata().name());
            }
        }
        return allowed;
    }

    private Decision decision(PodView pod, Snapshot snapshot, long seed) {
        return new Decision(pod, snapshot, steps.planner, 0, seed);
    }

    @Test
    void exactlyTheNodesFitThatTheRulesAllowThroughALongLifeOfTheCluster() {
        for (long seed = 0; seed < 60; seed++) {
            nodes.clear();
            placed.clear();
            Random random = new Random(seed);
            RandomPods pods = new RandomPods(random);
            ClusterCache cache = new ClusterCache();
            for (int i = 0; i < 3 + random.nextInt(8); i++) {
                cache.node(added(pods.node("n" + i)));
            }
            for (int step = 0; step < 60; step++) {
                if (!placed.isEmpty() && random.nextInt(4) == 0) {
                    cache.remove(placed.remove(random.nextInt(placed.size()))
                            .metadata()
                            .uid());
                } else if (random.nextInt(12) == 0) {
                    changeANode(random, pods, cache);
                } else {
                    placeOne(pods.pod("p" + step), cache, seed * 1000 + step);
                }
            }
        }
    }

    private Node added(Node node) {
        nodes.add(node);
        return node;
    }

    private void changeANode(Random random, RandomPods pods, ClusterCache cache) {
        Node old = nodes.remove(random.nextInt(nodes.size()));
        String name = old.metadata().name();
        if (random.nextBoolean()) {
            cache.nodeGone(name);
        }
        cache.node(added(pods.node(name)));
    }

    private void placeOne(Pod pod, ClusterCache cache, long seed) {
        PodView view = PodView.of(pod);
        cache.want(steps.counts(view, KnownObjects.NONE));
        Snapshot snapshot = cache.snapshot();
        Decision decision = decision(view, snapshot, seed);
        Set<String> allowed = allowed(pod);
        assertThat(fitting(decision)).as("seed %d of %s", seed, pod).isEqualTo(allowed);
        Snapshot fresh = Snapshot.of(new ArrayList<>(snapshot.nodes()));
        assertThat(fitting(decision(view, fresh, seed)))
                .as("counted on the spot, seed %d", seed)
                .isEqualTo(allowed);
        if (decision.planner().plan(decision.cycle(), 0) instanceof Plan.Place place) {
            assertThat(allowed).contains(place.node());
            assertThat(decision.explain().node()).contains(place.node());
            cache.assume(view, place.node());
            placed.add(pod.withSpec(pod.spec().withNodeName(place.node())));
        } else {
            assertThat(allowed).isEmpty();
        }
    }

    @Test
    void aPreemptionMakesRoomAndTakesNobodyTooMany() {
        int preemptions = 0;
        for (long seed = 0; seed < 300; seed++) {
            nodes.clear();
            placed.clear();
            Random random = new Random(seed);
            RandomPods pods = new RandomPods(random);
            ClusterCache cache = new ClusterCache();
            for (int i = 0; i < 2 + random.nextInt(4); i++) {
                cache.node(added(pods.node("n" + i)));
            }
            for (int i = 0; i < 40; i++) {
                placeOne(pods.pod("p" + i), cache, seed);
            }
            Pod urgent = pods.pod("urgent");
            urgent = urgent.withSpec(urgent.spec().withPriority(100));
            Plan plan =
                    steps.planner.plan(new Cycle(PodView.of(urgent), cache.snapshot(), new SplittableRandom(seed)), 0);
            if (plan instanceof Plan.Nowhere nowhere && nowhere.remedy() instanceof Remedy.Preempt preempt) {
                preemptions++;
                assertItIsNeededAndEnough(urgent, preempt, seed);
            }
        }
        assertThat(preemptions).isGreaterThan(20);
    }

    private void assertItIsNeededAndEnough(Pod urgent, Remedy.Preempt preempt, long seed) {
        List<String> victims = preempt.victims().stream().map(PodView::uid).toList();
        assertThat(victims).as("seed %d", seed).isNotEmpty();
        assertThat(preempt.victims()).allMatch(victim -> victim.priority() < 100);
        List<Pod> left = placed.stream()
                .filter(pod -> !victims.contains(pod.metadata().uid()))
                .toList();
        assertThat(new HardRules(nodes, left).allow(urgent, preempt.node()))
                .as("seed %d", seed)
                .isTrue();
        for (String spared : victims) {
            List<Pod> more = new ArrayList<>(left);
            placed.stream().filter(pod -> pod.metadata().uid().equals(spared)).forEach(more::add);
            assertThat(new HardRules(nodes, more).allow(urgent, preempt.node()))
                    .as("seed %d: %s must go", seed, spared)
                    .isFalse();
        }
    }

    @Test
    void aSnapshotStaysAsItWasWhateverComesAfter() {
        RandomPods pods = new RandomPods(new Random(3));
        ClusterCache cache = new ClusterCache();
        for (int i = 0; i < 6; i++) {
            cache.node(added(pods.node("n" + i)));
        }
        PodView pod = PodView.of(pods.pod("p"));
        Snapshot before = cache.snapshot();
        Explanation then = decision(pod, before, 7).explain();
        List<NodeView> seen = new ArrayList<>(before.nodes());
        for (int i = 0; i < 40; i++) {
            placeOne(pods.pod("q" + i), cache, i);
        }
        cache.nodeGone("n1");
        cache.snapshot();
        assertThat(before.nodes()).isEqualTo(seen);
        assertThat(decision(pod, before, 7).explain()).isEqualTo(then);
    }
}
