package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetDraft;
import io.orchestrator.api.model.apps.DaemonSetStatus;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import io.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.core.control.daemonset.DaemonSetReconciler;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** DaemonSets keep one pod on every node that fits, whatever goes wrong. */
class DaemonSetSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 60);

    @Test
    void runsOnePodOnEveryNodeThatFits() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 3)) {
            Client client = cluster.sim.client();
            client.create(Node.named("tainted").taint("team", "a", "NoSchedule").build());
            client.create(Node.named("other").label("disk", "slow").build());
            client.create(agent().build());
            cluster.sim.settle();
            assertThat(nodes(cluster)).containsExactly("node-0", "node-1", "node-2", "other");
            DaemonSetStatus status = get(cluster).status();
            assertThat(status.desiredNumberScheduled()).isEqualTo(4);
            assertThat(status.currentNumberScheduled()).isEqualTo(4);
            assertThat(status.numberReady()).isEqualTo(4);
            assertThat(status.numberAvailable()).isEqualTo(4);
            assertThat(status.numberUnavailable()).isZero();
            assertThat(status.updatedNumberScheduled()).isEqualTo(4);
            assertThat(status.observedGeneration()).isEqualTo(1);
            assertThat(cluster.events())
                    .anyMatch(event -> event.startsWith("daemonset-controller/SuccessfulCreate: Created pod: agent-"));
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void putsUpWithWhatBefallsANode() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 1)) {
            cluster.sim.client().create(agent().build());
            cluster.sim.settle();
            Pod pod = cluster.pods().get(0);
            assertThat(pod.spec().tolerations())
                    .extracting(toleration -> toleration.key() + ":" + toleration.effect())
                    .contains(
                            "node.kubernetes.io/not-ready:NoExecute",
                            "node.kubernetes.io/unreachable:NoExecute",
                            "node.kubernetes.io/disk-pressure:NoSchedule",
                            "node.kubernetes.io/memory-pressure:NoSchedule",
                            "node.kubernetes.io/pid-pressure:NoSchedule",
                            "node.kubernetes.io/unschedulable:NoSchedule")
                    .doesNotContain("node.kubernetes.io/network-unavailable:NoSchedule");
            taint(cluster, "node-0", "node.kubernetes.io/unreachable", "NoExecute");
            cluster.sim.settle();
            assertThat(cluster.activePods())
                    .extracting(each -> each.metadata().uid())
                    .containsExactly(pod.metadata().uid());
        }
    }

    @Test
    void followsTheLabelsAndTaintsOfNodes() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 3)) {
            cluster.sim.client().create(agent().nodeSelector("disk", "fast").build());
            cluster.sim.settle();
            assertThat(nodes(cluster)).isEmpty();
            label(cluster, "node-1", "fast");
            label(cluster, "node-2", "fast");
            cluster.sim.settle();
            assertThat(nodes(cluster)).containsExactly("node-1", "node-2");
            label(cluster, "node-2", "slow");
            cluster.sim.settle();
            assertThat(nodes(cluster)).containsExactly("node-1");
            taint(cluster, "node-1", "team", "NoSchedule");
            cluster.sim.settle();
            assertThat(nodes(cluster)).as("what runs there stays").containsExactly("node-1");
            assertThat(get(cluster).status().numberMisscheduled()).isEqualTo(1);
            taint(cluster, "node-1", "team", "NoExecute");
            cluster.sim.settle();
            assertThat(nodes(cluster)).isEmpty();
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void runsOnNodesThatComeAndForgetsThoseThatGo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 1)) {
            cluster.sim.client().create(agent().build());
            cluster.sim.settle();
            cluster.sim.client().create(Node.named("late").build());
            cluster.sim.settle();
            assertThat(nodes(cluster)).containsExactly("late", "node-0");
            cluster.sim.client().nodes().delete("late");
            cluster.sim.settle();
            assertThat(get(cluster).status().desiredNumberScheduled()).isEqualTo(1);
        }
    }

    @Test
    void replacesPodsNodeByNode() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 3)) {
            cluster.sim.client().create(rolling(IntOrString.of("34%"), null));
            cluster.sim.settle();
            cluster.sim.invariant(
                    "two nodes out of three at most are without",
                    client -> assertThat(available(cluster)).hasSizeGreaterThanOrEqualTo(1));
            setImage(cluster, "agent:2");
            cluster.sim.settle();
            assertThat(images(cluster)).hasSize(3).containsOnly("agent:2");
            assertThat(get(cluster).status().updatedNumberScheduled()).isEqualTo(3);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void leavesNoNodeWithoutAPodWhenItMaySurge() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 3)) {
            cluster.sim.client().create(rolling(IntOrString.of(0), IntOrString.of(1)));
            cluster.sim.settle();
            cluster.sim.invariant("every node is served, by two pods at most one", client -> {
                assertThat(Set.copyOf(available(cluster))).hasSize(3);
                assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(4);
            });
            setImage(cluster, "agent:2");
            cluster.sim.settle();
            assertThat(images(cluster)).hasSize(3).containsOnly("agent:2");
        }
    }

    @Test
    void stopsAtABrokenTemplateAndGoesBack() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 3)) {
            cluster.breaking(pod -> image(pod).equals("bad"));
            cluster.sim.client().create(rolling(IntOrString.of(1), null));
            cluster.sim.settle();
            setImage(cluster, "bad");
            cluster.sim.settle();
            assertThat(images(cluster)).containsExactlyInAnyOrder("agent:1", "agent:1", "bad");
            assertThat(get(cluster).status().numberUnavailable()).isEqualTo(1);
            setImage(cluster, "agent:1");
            cluster.sim.settle();
            assertThat(images(cluster)).hasSize(3).containsOnly("agent:1");
            assertThat(revisions(cluster))
                    .extracting(ControllerRevision::revision)
                    .containsExactlyInAnyOrder(2L, 3L);
        }
    }

    @Test
    void leavesPodsAloneUntilTheyAreDeletedWhenAskedTo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 2)) {
            cluster.sim
                    .client()
                    .create(agent().spec(spec -> spec.updateStrategy(new DaemonSetUpdateStrategy("OnDelete", null)))
                            .build());
            cluster.sim.settle();
            setImage(cluster, "agent:2");
            cluster.sim.settle();
            assertThat(images(cluster)).containsOnly("agent:1");
            cluster.sim.client().pods().delete(cluster.pods().get(0).metadata().name());
            cluster.sim.settle();
            assertThat(images(cluster)).containsExactlyInAnyOrder("agent:1", "agent:2");
        }
    }

    @Test
    void waitsUntilPodsHaveBeenReadyForLongEnough() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 2)) {
            cluster.sim
                    .client()
                    .create(agent().spec(spec -> spec.minReadySeconds(60)).build());
            cluster.sim.advance(Duration.ofSeconds(30));
            assertThat(get(cluster).status().numberReady()).isEqualTo(2);
            assertThat(get(cluster).status().numberAvailable()).isZero();
            cluster.sim.settle();
            assertThat(get(cluster).status().numberAvailable()).isEqualTo(2);
        }
    }

    @Test
    void replacesPodsThatANodeRefusesEverMoreSlowly() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 1)) {
            cluster.refusing(pod -> true);
            cluster.sim.client().create(agent().build());
            cluster.sim.advance(Duration.ofMinutes(20));
            int creations = cluster.controllers.faults().writesByKind().get("create Pod");
            assertThat(creations).isBetween(5, 14);
            assertThat(cluster.events())
                    .anyMatch(event -> event.startsWith(
                            "daemonset-controller/FailedDaemonPod: Found failed daemon pod " + "default/agent-"));
            cluster.refusing(pod -> false);
            cluster.sim.advance(Duration.ofMinutes(16));
            assertThat(nodes(cluster)).containsExactly("node-0");
        }
    }

    @Test
    void makesNoSecondPodWhileItsFirstIsNotSeen() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 3)) {
            cluster.controllers.faults().hold(Pod.TYPE);
            cluster.sim.invariant(
                    "one pod a node", client -> assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(3));
            cluster.sim.client().create(agent().build());
            cluster.sim.advance(Duration.ofMinutes(6));
            cluster.controllers.faults().release(Pod.TYPE);
            cluster.sim.settle();
            assertThat(nodes(cluster)).containsExactly("node-0", "node-1", "node-2");
        }
    }

    @Test
    void adoptsPodsAndRevisionsThatMatchAndLetsGoOfThoseThatNoLongerDo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder(), 1)) {
            cluster.sim.client().create(agent().build());
            cluster.sim.settle();
            Pod pod = cluster.pods().get(0);
            cluster.sim
                    .client()
                    .resources(DaemonSet.TYPE)
                    .delete("agent", DeleteOptions.defaults().propagate(DeleteOptions.Propagation.ORPHAN));
            cluster.sim
                    .client()
                    .pods()
                    .edit(
                            pod.metadata().name(),
                            each -> each.withMetadata(each.metadata().withOwnerReferences(List.of())));
            for (ControllerRevision revision : revisions(cluster)) {
                cluster.sim
                        .client()
                        .resources(ControllerRevision.TYPE)
                        .edit(
                                revision.metadata().name(),
                                each -> each.withMetadata(each.metadata().withOwnerReferences(List.of())));
            }
            cluster.sim
                    .client()
                    .resources(DaemonSet.TYPE)
                    .edit("agent", set -> set.withMetadata(set.metadata().withFinalizers(List.of())));
            cluster.sim.settle();
            cluster.sim.client().create(agent().build());
            cluster.sim.settle();
            assertThat(cluster.pods())
                    .extracting(each -> each.metadata().uid())
                    .containsExactly(pod.metadata().uid());
            cluster.sim
                    .client()
                    .pods()
                    .edit(
                            pod.metadata().name(),
                            each -> each.withMetadata(each.metadata().withLabels(Map.of("app", "other"))));
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(2);
        }
    }

    @Test
    void endsTheSameAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(
                        () -> cluster(Simulation.inOrder(), 2), cluster -> cluster.controllers, cluster -> {
                            cluster.sim.client().create(rolling(IntOrString.of(1), null));
                            cluster.sim.settle();
                            setImage(cluster, "agent:2");
                            cluster.sim.settle();
                            return nodes(cluster) + " " + images(cluster) + " "
                                    + get(cluster).status() + " "
                                    + revisions(cluster).size();
                        })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(10);
    }

    @Test
    void keepsOnePodANodeWhateverGoesWrong() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            live(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            live(seed);
        }
    }

    private static void live(long seed) throws Exception {
        try (Workloads cluster = cluster(Simulation.seeded(seed), 3)) {
            Random random = cluster.sim.random();
            boolean surges = random.nextBoolean();
            cluster.sim.invariant(
                    "no node has more than it may",
                    client -> assertThat(cluster.activePods().stream()
                                    .map(DaemonSetSimTest::target)
                                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                                    .values())
                            .allMatch(count -> count <= (surges ? 2 : 1)));
            cluster.sim
                    .client()
                    .create(surges ? rolling(IntOrString.of(0), IntOrString.of(1)) : rolling(IntOrString.of(1), null));
            cluster.controllers.faults().rates(FaultRates.rough());
            String image = "agent:1";
            for (int i = 0; i < 5; i++) {
                cluster.sim.advance(Duration.ofMillis(random.nextInt(30_000)));
                switch (random.nextInt(3)) {
                    case 0 -> label(cluster, "node-" + random.nextInt(3), random.nextBoolean() ? "fast" : "slow");
                    case 1 -> {
                        image = "agent:" + random.nextInt(3);
                        setImage(cluster, image);
                    }
                    default -> {
                        if (!cluster.pods().isEmpty()) {
                            Pod victim = cluster.pods()
                                    .get(random.nextInt(cluster.pods().size()));
                            cluster.sim
                                    .client()
                                    .pods()
                                    .delete(
                                            victim.metadata().name(),
                                            DeleteOptions.defaults().grace(random.nextBoolean() ? 0 : 30));
                        }
                    }
                }
            }
            cluster.sim.advance(Duration.ofSeconds(20));
            cluster.controllers.faults().rates(FaultRates.none());
            cluster.sim.settle();
            assertThat(nodes(cluster)).as("seed %s", seed).containsExactly("node-0", "node-1", "node-2");
            assertThat(images(cluster)).as("seed %s", seed).containsOnly(image);
            assertThat(get(cluster).status().numberAvailable()).isEqualTo(3);
            assertThat(get(cluster).status().updatedNumberScheduled()).isEqualTo(3);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    private static Workloads cluster(Simulation sim, int nodes) {
        Workloads cluster = new Workloads(sim, clock -> List.of(DaemonSetReconciler.controller(clock)));
        for (int i = 0; i < nodes; i++) {
            sim.client().create(Node.named("node-" + i).build());
        }
        return cluster;
    }

    private static DaemonSetDraft agent() {
        return DaemonSet.named("agent").container("agent", "agent:1");
    }

    private static DaemonSet rolling(IntOrString maxUnavailable, IntOrString maxSurge) {
        return agent().spec(spec -> spec.updateStrategy(new DaemonSetUpdateStrategy(
                        "RollingUpdate", new RollingUpdateDaemonSet(maxUnavailable, maxSurge))))
                .build();
    }

    private static DaemonSet get(Workloads cluster) {
        return cluster.sim.client().resources(DaemonSet.TYPE).get("agent");
    }

    private static List<ControllerRevision> revisions(Workloads cluster) {
        return cluster.sim.client().resources(ControllerRevision.TYPE).list().items();
    }

    /** The node that each pod is on. */
    private static List<String> nodes(Workloads cluster) {
        return cluster.pods().stream()
                .map(pod -> pod.spec().nodeName())
                .sorted()
                .toList();
    }

    private static String target(Pod pod) {
        return pod.spec()
                .affinity()
                .nodeAffinity()
                .requiredDuringSchedulingIgnoredDuringExecution()
                .nodeSelectorTerms()
                .get(0)
                .matchFields()
                .get(0)
                .values()
                .get(0);
    }

    private static List<String> available(Workloads cluster) {
        return cluster.activePods().stream()
                .filter(PodFacts::isReady)
                .map(pod -> pod.spec().nodeName())
                .toList();
    }

    private static List<String> images(Workloads cluster) {
        return cluster.pods().stream().map(DaemonSetSimTest::image).toList();
    }

    private static String image(Pod pod) {
        return Objects.requireNonNull(pod.spec().containers().get(0).image());
    }

    private static void label(Workloads cluster, String node, String disk) {
        cluster.sim
                .client()
                .nodes()
                .edit(node, each -> each.withMetadata(each.metadata().withLabels(Map.of("disk", disk))));
    }

    private static void taint(Workloads cluster, String node, String key, String effect) {
        cluster.sim
                .client()
                .nodes()
                .edit(
                        node,
                        each -> each.withSpec(each.spec()
                                .withTaints(List.of(TaintBuilder.builder()
                                        .key(key)
                                        .effect(effect)
                                        .build()))));
    }

    private static void setImage(Workloads cluster, String image) {
        cluster.sim.client().resources(DaemonSet.TYPE).edit("agent", set -> {
            var template = set.spec().template();
            Container container = template.spec().containers().get(0);
            return set.withSpec(set.spec()
                    .withTemplate(
                            template.withSpec(template.spec().withContainers(List.of(container.withImage(image))))));
        });
    }
}
