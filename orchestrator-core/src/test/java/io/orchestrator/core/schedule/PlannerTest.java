package io.orchestrator.core.schedule;

import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.tainted;
import static io.orchestrator.core.schedule.framework.SmallCluster.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.Resources;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final Profile profile = KubernetesPlugins.defaultProfile();
    private final Planner planner = new Planner(profile);

    private Plan plan(PodView pod, Snapshot snapshot) {
        return planner.plan(new Cycle(pod, snapshot, new Random(1)), 0);
    }

    private String message(PodView pod, Snapshot snapshot) {
        Plan plan = plan(pod, snapshot);
        assertThat(plan).isInstanceOf(Plan.Nowhere.class);
        return ((Plan.Nowhere) plan).message();
    }

    @Test
    void aPodThatFitsNowhereSaysWhyPerReasonAndCount() {
        Snapshot snapshot = Snapshot.of(List.of(
                view(node("n1", "1", "1Gi")),
                view(tainted(node("n2", "8", "8Gi"), "dedicated", "db", "NoSchedule")),
                view(tainted(node("n3", "8", "8Gi"), "dedicated", "db", "NoExecute"))));
        assertThat(message(PodView.of(pod("p", "2", "100Mi")), snapshot))
                .isEqualTo("0/3 nodes are available: 1 Insufficient cpu, "
                        + "2 node(s) had untolerated taint {dedicated: db}. preemption: 0/3 nodes are available: "
                        + "3 Preemption is not helpful for scheduling.");
    }

    @Test
    void oneNodeMayLackSeveralThings() {
        Snapshot snapshot = Snapshot.of(List.of(view(node("n1", "1", "1Gi"))));
        assertThat(message(PodView.of(pod("p", "2", "2Gi")), snapshot))
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. "
                        + "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
    }

    @Test
    void withoutNodesItSaysSo() {
        assertThat(message(PodView.of(pod("p", "1", "1Gi")), Snapshot.of(List.of())))
                .isEqualTo("no nodes available to schedule pods");
    }

    @Test
    void thePlanIsAFunctionOfSnapshotPodAndSeed() {
        Random random = new Random(42);
        for (int round = 0; round < 50; round++) {
            Snapshot snapshot = randomCluster(random, 1 + random.nextInt(150));
            PodView pod = randomPod(random, "p");
            int start = random.nextInt(snapshot.size());
            long seed = random.nextLong();
            Plan first = planner.plan(new Cycle(pod, snapshot, new Random(seed)), start);
            assertThat(planner.plan(new Cycle(pod, snapshot, new Random(seed)), start))
                    .isEqualTo(first);
        }
    }

    @Test
    void noSequenceOfPlansEverOvercommitsANode() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            ClusterCache cache = new ClusterCache();
            int nodes = 1 + random.nextInt(12);
            for (int i = 0; i < nodes; i++) {
                cache.node(randomNode(random, "n" + i));
            }
            List<PodView> placed = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                if (!placed.isEmpty() && random.nextInt(4) == 0) {
                    cache.remove(placed.remove(random.nextInt(placed.size())).uid());
                    continue;
                }
                PodView pod = randomPod(random, "p" + i);
                Snapshot snapshot = cache.snapshot();
                if (planner.plan(new Cycle(pod, snapshot, random), random.nextInt(snapshot.size()))
                        instanceof Plan.Place place) {
                    cache.assume(pod, place.node());
                    placed.add(pod);
                }
                assertNothingIsOvercommitted(cache.snapshot(), seed);
            }
        }
    }

    @Test
    void whatItRemembersOfLikePodsChangesNoPlan() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ClusterCache cache = new ClusterCache();
            int nodes = 1 + random.nextInt(150);
            for (int i = 0; i < nodes; i++) {
                cache.node(randomNode(random, "n" + i));
            }
            List<PodView> placed = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int kind = random.nextInt(3);
                PodView pod = PodView.of(pod("p" + i, 500 * (1 + kind) + "m", 512 * (1 + kind) + "Mi"));
                Snapshot snapshot = cache.snapshot();
                int start = random.nextInt(snapshot.size());
                long ties = random.nextLong();
                Plan plan = planner.plan(new Cycle(pod, snapshot, new Random(ties)), start);
                assertThat(plan)
                        .as("seed %d, pod %d", seed, i)
                        .isEqualTo(new Planner(profile).plan(new Cycle(pod, snapshot, new Random(ties)), start));
                if (plan instanceof Plan.Place place) {
                    cache.assume(pod, place.node());
                    placed.add(pod);
                }
                changeSomething(random, cache, placed, nodes);
            }
        }
    }

    private static void changeSomething(Random random, ClusterCache cache, List<PodView> placed, int nodes) {
        Node node = randomNode(random, "n" + random.nextInt(nodes));
        switch (random.nextInt(8)) {
            case 0 -> cache.node(tainted(node, "dedicated", "db", "NoSchedule"));
            case 1 -> cache.node(tainted(node, "busy", "", "PreferNoSchedule"));
            case 2 -> cache.node(node);
            case 3 -> {
                if (!placed.isEmpty()) {
                    cache.remove(placed.remove(random.nextInt(placed.size())).uid());
                }
            }
            default -> {}
        }
    }

    @Test
    void aPodThatIsSeenOnItsNodeAndThenStartsTakesWhatItTook() {
        ClusterCache cache = new ClusterCache();
        cache.node(node("n1", "4", "4Gi"));
        PodView waiting = PodView.of(pod("p", "1", "1Gi"));
        cache.assume(waiting, "n1");
        PodView other = PodView.of(pod("other", "1", "1Gi"));
        cache.assume(other, "n1");
        Snapshot assumed = cache.snapshot();

        Pod bound = waiting.pod().withSpec(waiting.spec().withNodeName("n1"));
        PodView seen = waiting.as(bound);
        assertThat(seen.pod()).isSameAs(bound);
        assertThat(seen.requests()).isSameAs(waiting.requests());
        cache.seen(seen, "n1");
        assertThat(cache.snapshot().node(0)).isSameAs(assumed.node(0));

        Time start = Time.parse("2026-11-28T20:00:00Z");
        PodView started = seen.as(bound.withStatus(bound.status().withStartTime(start)));
        cache.seen(started, "n1");
        NodeView after = cache.snapshot().node(0);
        assertThat(after.requested()).isEqualTo(assumed.node(0).requested());
        assertThat(after.pods()).hasSize(2).contains(started).doesNotContain(seen, waiting);
        assertThat(cache.snapshot().census()).isSameAs(assumed.census());
        cache.remove(other.uid());
        cache.remove(started.uid());
        assertThat(cache.snapshot().node(0).requested()).isEqualTo(Resources.NONE);
    }

    @Test
    void aPodThatComesBackWithOtherRequestsIsCountedAnew() {
        PodView waiting = PodView.of(pod("p", "1", "1Gi"));
        Pod other = pod("p", "2", "1Gi");
        Pod bound = other.withSpec(other.spec().withNodeName("n1"));
        assertThat(waiting.as(bound).requests()).isEqualTo(PodView.of(bound).requests());
    }

    @Test
    void aPodIsRefusedOnlyWhenNoNodeHasRoom() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Snapshot snapshot = randomCluster(random, 1 + random.nextInt(20));
            PodView pod = randomPod(random, "p");
            boolean room = snapshot.nodes().stream()
                    .anyMatch(node -> pod.requests().milliCpu()
                                    <= node.allocatable().milliCpu()
                            && pod.requests().memory() <= node.allocatable().memory());
            assertThat(plan(pod, snapshot) instanceof Plan.Place).isEqualTo(room);
        }
    }

    @Test
    void equalPodsSpreadOverEqualNodesEvenOnBigMachines() {
        ClusterCache cache = new ClusterCache();
        for (int i = 0; i < 3; i++) {
            cache.node(node("n" + i, "64", "256Gi"));
        }
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            PodView pod = PodView.of(pod("p" + i, spec -> spec));
            String node = ((Plan.Place) plan(pod, cache.snapshot())).node();
            cache.assume(pod, node);
            used.add(node);
        }
        assertThat(used).hasSize(3);
    }

    @Test
    void tiesAreBrokenByTheRandomnessGiven() {
        Snapshot snapshot = Snapshot.of(List.of(view(node("n1", "1", "1Gi")), view(node("n2", "1", "1Gi"))));
        PodView pod = PodView.of(pod("p", "1", "1Gi"));
        Set<String> chosen = new HashSet<>();
        Random ties = new Random(1);
        for (int i = 0; i < 32; i++) {
            chosen.add(((Plan.Place) planner.plan(new Cycle(pod, snapshot, ties), 0)).node());
        }
        assertThat(chosen).containsExactlyInAnyOrder("n1", "n2");
    }

    @Test
    void inALargeClusterItLooksAtAsManyNodesAsKubernetesAndGoesRound() {
        assertThat(Planner.enough(99, 0)).isEqualTo(99);
        assertThat(Planner.enough(1000, 0)).isEqualTo(420);
        assertThat(Planner.enough(5000, 0)).isEqualTo(500);
        assertThat(Planner.enough(20000, 0)).isEqualTo(1000);
        Snapshot snapshot = randomCluster(new Random(1), 1000);
        Cycle cycle = new Cycle(PodView.of(pod("p", spec -> spec)), snapshot, new Random(1));
        Plan plan = planner.plan(cycle, 900);
        assertThat(((Plan.Place) plan).examined()).isEqualTo(420);
    }

    private static void assertNothingIsOvercommitted(Snapshot snapshot, long seed) {
        for (NodeView node : snapshot.nodes()) {
            Resources sum = node.pods().stream().map(PodView::requests).reduce(Resources.NONE, Resources::plus);
            assertThat(sum).as("seed %d", seed).isEqualTo(node.requested());
            assertThat(sum.milliCpu())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(node.allocatable().milliCpu());
            assertThat(sum.memory())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(node.allocatable().memory());
        }
    }

    private static Snapshot randomCluster(Random random, int size) {
        List<NodeView> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(view(randomNode(random, "n" + i)));
        }
        return Snapshot.of(nodes);
    }

    private static Node randomNode(Random random, String name) {
        Node node = node(name, 1 + random.nextInt(8) + "", 1 + random.nextInt(8) + "Gi");
        return labelled(node, Map.of("zone", "z" + random.nextInt(3)));
    }

    private static PodView randomPod(Random random, String name) {
        return PodView.of(pod(name, 100 * random.nextInt(90) + "m", 128 * random.nextInt(80) + "Mi"));
    }
}
