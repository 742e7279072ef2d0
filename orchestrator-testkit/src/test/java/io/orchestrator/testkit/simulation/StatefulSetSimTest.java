package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.PodManagementPolicyType;
import io.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetOrdinals;
import io.orchestrator.api.model.apps.StatefulSetStatus;
import io.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceQuotaBuilder;
import io.orchestrator.api.model.core.ResourceQuotaSpecBuilder;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.statefulset.StatefulSetReconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** StatefulSets keep their pods' names and order, whatever goes wrong. */
class StatefulSetSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 60);

    @Test
    void makesItsPodsOneAfterTheOther() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.invariant("no pod before its predecessor is ready", client -> {
                List<Pod> pods = cluster.pods();
                for (int i = 0; i < pods.size() - 1; i++) {
                    assertThat(pods.get(i)).matches(PodFacts::isReady);
                }
            });
            cluster.sim.client().create(web(3));
            cluster.sim.settle();
            assertThat(names(cluster)).containsExactly("web-0", "web-1", "web-2");
            assertThat(cluster.pods()).allSatisfy(pod -> {
                assertThat(pod.spec().hostname()).isEqualTo(pod.metadata().name());
                assertThat(pod.spec().subdomain()).isEqualTo("peers");
                assertThat(pod.metadata().labels())
                        .containsEntry(
                                "statefulset.kubernetes.io/pod-name",
                                pod.metadata().name())
                        .containsEntry(
                                "apps.kubernetes.io/pod-index",
                                pod.metadata().name().substring(4));
            });
            StatefulSetStatus status = get(cluster).status();
            assertThat(status.readyReplicas()).isEqualTo(3);
            assertThat(status.currentReplicas()).isEqualTo(3);
            assertThat(status.updatedReplicas()).isEqualTo(3);
            assertThat(status.currentRevision())
                    .isEqualTo(status.updateRevision())
                    .startsWith("web-");
            assertThat(cluster.events())
                    .contains(
                            "statefulset-controller/SuccessfulCreate: create Pod web-0 in StatefulSet web successful");
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void saysWhyAPodCannotBeMade() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            // As long as nobody has counted for it, a quota lets nothing in.
            cluster.sim
                    .client()
                    .create(ResourceQuotaBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder().name("bounds").build())
                            .spec(ResourceQuotaSpecBuilder.builder()
                                    .hard(Map.of("pods", Quantity.of(1)))
                                    .build())
                            .build());
            cluster.sim.client().create(web(1));
            cluster.sim.advance(Duration.ofSeconds(1));
            assertThat(cluster.events())
                    .contains("statefulset-controller/FailedCreate: create Pod web-0 in StatefulSet web failed error:"
                            + " pods \"web-0\" is forbidden: status unknown for quota: bounds, resources: pods");
        }
    }

    @Test
    void makesAndDeletesThemAllAtOnceWhenAskedTo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.breaking(pod -> true);
            cluster.sim.client().create(parallel(web(3)));
            cluster.sim.settle();
            assertThat(names(cluster)).containsExactly("web-0", "web-1", "web-2");
            scale(cluster, 1);
            cluster.sim.settle();
            assertThat(names(cluster)).containsExactly("web-0");
        }
    }

    @Test
    void shrinksFromTheHighestNumber() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(4));
            cluster.sim.settle();
            cluster.sim.invariant(
                    "one at a time", client -> assertThat(cluster.activePods()).hasSizeGreaterThanOrEqualTo(1));
            scale(cluster, 1);
            cluster.sim.settle();
            assertThat(names(cluster)).containsExactly("web-0");
        }
    }

    @Test
    void beginsToCountWhereItIsTold() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(2).withSpec(web(2).spec().withOrdinals(new StatefulSetOrdinals(5))));
            cluster.sim.settle();
            assertThat(names(cluster)).containsExactly("web-5", "web-6");
        }
    }

    @Test
    void replacesItsPodsFromTheHighestNumberDownToThePartition() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(rolling(web(3), 2, null));
            cluster.sim.settle();
            setImage(cluster, "nginx:2");
            cluster.sim.settle();
            assertThat(images(cluster)).containsExactly("nginx:1", "nginx:1", "nginx:2");
            StatefulSetStatus half = get(cluster).status();
            assertThat(half.updatedReplicas()).isEqualTo(1);
            assertThat(half.currentRevision()).isNotEqualTo(half.updateRevision());
            cluster.sim.client().pods().delete("web-0");
            cluster.sim.settle();
            assertThat(images(cluster))
                    .as("below the partition the old one comes back")
                    .containsExactly("nginx:1", "nginx:1", "nginx:2");
            edit(cluster, set -> rolling(set, 0, null));
            cluster.sim.settle();
            assertThat(images(cluster)).containsOnly("nginx:2");
            StatefulSetStatus done = get(cluster).status();
            assertThat(done.currentRevision()).isEqualTo(done.updateRevision());
            assertThat(done.currentReplicas()).isEqualTo(3);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void replacesSeveralAtATimeWhenSoManyMayBeUnavailable() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(rolling(parallel(web(5)), 0, IntOrString.of(2)));
            cluster.sim.settle();
            cluster.sim.invariant(
                    "never more than two missing",
                    client -> assertThat(cluster.activePods().stream()
                                    .filter(PodFacts::isReady)
                                    .count())
                            .isGreaterThanOrEqualTo(3));
            setImage(cluster, "nginx:2");
            cluster.sim.settle();
            assertThat(images(cluster)).hasSize(5).containsOnly("nginx:2");
        }
    }

    @Test
    void goesOnWhenAPodHasBeenReadyForLongEnoughAlsoAfterARestart() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(2).withSpec(web(2).spec().withMinReadySeconds(60)));
            cluster.sim.advance(Duration.ofSeconds(50));
            assertThat(names(cluster)).containsExactly("web-0");
            assertThat(get(cluster).status().readyReplicas()).isEqualTo(1);
            assertThat(get(cluster).status().availableReplicas()).isZero();
            cluster.controllers.kill();
            cluster.controllers.start();
            cluster.sim.advance(Duration.ofSeconds(20));
            assertThat(names(cluster)).containsExactly("web-0", "web-1");
            assertThat(get(cluster).status().availableReplicas()).isEqualTo(1);
            cluster.sim.settle();
            assertThat(get(cluster).status().availableReplicas()).isEqualTo(2);
        }
    }

    @Test
    void keepsNoOldRevisionWhereItHasNoHistory() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(2).withSpec(web(2).spec().withRevisionHistoryLimit(0)));
            cluster.sim.settle();
            setImage(cluster, "nginx:2");
            cluster.sim.settle();
            assertThat(images(cluster)).containsOnly("nginx:2");
            assertThat(revisions(cluster)).hasSize(1);
        }
    }

    @Test
    void leavesPodsAloneUntilTheyAreDeletedWhenAskedTo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            StatefulSet set = web(2);
            cluster.sim
                    .client()
                    .create(set.withSpec(
                            set.spec().withUpdateStrategy(new StatefulSetUpdateStrategy("OnDelete", null))));
            cluster.sim.settle();
            setImage(cluster, "nginx:2");
            cluster.sim.settle();
            assertThat(images(cluster)).containsOnly("nginx:1");
            cluster.sim.client().pods().delete("web-1");
            cluster.sim.settle();
            assertThat(images(cluster)).containsExactly("nginx:1", "nginx:2");
        }
    }

    @Test
    void leavesABrokenRevisionForAGoodOne() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.breaking(pod -> image(pod).equals("bad"));
            cluster.sim.client().create(web(3));
            cluster.sim.settle();
            setImage(cluster, "bad");
            cluster.sim.settle();
            assertThat(images(cluster)).containsExactly("nginx:1", "nginx:1", "bad");
            setImage(cluster, "nginx:2");
            cluster.sim.settle();
            assertThat(images(cluster)).containsOnly("nginx:2");
            assertThat(get(cluster).status().readyReplicas()).isEqualTo(3);
        }
    }

    @Test
    void replacesAPodThatHasEnded() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            List<String> refused = new ArrayList<>();
            cluster.refusing(pod -> {
                if (refused.isEmpty()) {
                    refused.add(pod.metadata().uid());
                }
                return refused.contains(pod.metadata().uid());
            });
            cluster.sim.client().create(web(1));
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(1).allMatch(PodFacts::isReady);
        }
    }

    @Test
    void replacesAPodThatIsRefusedForEverMoreAndMoreSlowlyAndAtOnceWhenItHasABetterOne() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            Set<String> tried = new HashSet<>();
            cluster.refusing(pod -> {
                tried.add(pod.metadata().uid());
                return pod.spec().containers().get(0).image().equals("nginx:1");
            });
            cluster.sim.client().create(web(1));
            cluster.sim.advance(Duration.ofMinutes(30));
            assertThat(tried).hasSizeBetween(8, 14);
            setImage(cluster, "nginx:2");
            cluster.sim.advance(Duration.ofSeconds(10));
            assertThat(cluster.pods()).hasSize(1).allMatch(PodFacts::isReady);
        }
    }

    @Test
    void goesBackToAnOldRevisionAndForgetsTheOldest() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            StatefulSet set = web(1);
            cluster.sim.client().create(set.withSpec(set.spec().withRevisionHistoryLimit(1)));
            cluster.sim.settle();
            String first = get(cluster).status().updateRevision();
            setImage(cluster, "nginx:2");
            cluster.sim.settle();
            setImage(cluster, "nginx:1");
            cluster.sim.settle();
            assertThat(get(cluster).status().updateRevision()).isEqualTo(first);
            assertThat(revisions(cluster))
                    .extracting(ControllerRevision::revision)
                    .containsExactlyInAnyOrder(2L, 3L);
            setImage(cluster, "nginx:3");
            cluster.sim.settle();
            setImage(cluster, "nginx:4");
            cluster.sim.settle();
            assertThat(revisions(cluster))
                    .extracting(ControllerRevision::revision)
                    .containsExactlyInAnyOrder(4L, 5L);
        }
    }

    @Test
    void endsTheSameAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(() -> cluster(Simulation.inOrder()), cluster -> cluster.controllers, cluster -> {
                    cluster.sim.client().create(web(2));
                    cluster.sim.settle();
                    setImage(cluster, "nginx:2");
                    cluster.sim.settle();
                    scale(cluster, 1);
                    cluster.sim.settle();
                    return names(cluster) + " " + images(cluster) + " "
                            + get(cluster).status() + " " + revisions(cluster).size();
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(10);
    }

    @Test
    void keepsNamesAndOrderWhateverGoesWrong() throws Exception {
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
        try (Workloads cluster = cluster(Simulation.seeded(seed))) {
            Random random = cluster.sim.random();
            boolean parallel = random.nextInt(3) == 0;
            int[] most = {3};
            cluster.sim.invariant("no number beyond those asked for", client -> {
                for (Pod pod : cluster.pods()) {
                    assertThat(Integer.parseInt(pod.metadata().name().substring(4)))
                            .isLessThan(most[0]);
                }
            });
            cluster.sim.client().create(parallel ? parallel(web(3)) : web(3));
            cluster.controllers.faults().rates(FaultRates.rough());
            int wanted = 3;
            String image = "nginx:1";
            for (int i = 0; i < 5; i++) {
                cluster.sim.advance(Duration.ofMillis(random.nextInt(30_000)));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        wanted = random.nextInt(5);
                        most[0] = Math.max(most[0], wanted);
                        scale(cluster, wanted);
                    }
                    case 1 -> {
                        image = "nginx:" + random.nextInt(3);
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
            assertThat(cluster.pods()).as("seed %s", seed).hasSize(wanted).allMatch(PodFacts::isReady);
            if (wanted > 0) {
                assertThat(images(cluster)).as("seed %s", seed).containsOnly(image);
            }
            StatefulSetStatus status = get(cluster).status();
            assertThat(status.readyReplicas()).isEqualTo(wanted);
            assertThat(status.updatedReplicas()).isEqualTo(wanted);
            assertThat(status.currentRevision()).isEqualTo(status.updateRevision());
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    private static Workloads cluster(Simulation sim) {
        return new Workloads(sim, clock -> List.of(StatefulSetReconciler.controller(clock)));
    }

    private static StatefulSet get(Workloads cluster) {
        return cluster.sim.client().resources(StatefulSet.TYPE).get("web");
    }

    private static List<ControllerRevision> revisions(Workloads cluster) {
        return cluster.sim.client().resources(ControllerRevision.TYPE).list().items();
    }

    private static List<String> names(Workloads cluster) {
        return cluster.pods().stream().map(pod -> pod.metadata().name()).toList();
    }

    private static List<String> images(Workloads cluster) {
        return cluster.pods().stream().map(StatefulSetSimTest::image).toList();
    }

    private static String image(Pod pod) {
        return Objects.requireNonNull(pod.spec().containers().get(0).image());
    }

    private static void edit(Workloads cluster, UnaryOperator<StatefulSet> change) {
        cluster.sim.client().resources(StatefulSet.TYPE).edit("web", change);
    }

    private static void scale(Workloads cluster, int replicas) {
        edit(cluster, set -> set.withSpec(set.spec().withReplicas(replicas)));
    }

    private static void setImage(Workloads cluster, String image) {
        edit(cluster, set -> {
            var template = set.spec().template();
            Container container = template.spec().containers().get(0);
            return set.withSpec(set.spec()
                    .withTemplate(
                            template.withSpec(template.spec().withContainers(List.of(container.withImage(image))))));
        });
    }

    private static StatefulSet web(int replicas) {
        return StatefulSet.named("web")
                .replicas(replicas)
                .service("peers")
                .container("web", "nginx:1")
                .build();
    }

    private static StatefulSet parallel(StatefulSet set) {
        return set.withSpec(set.spec().withPodManagementPolicy(PodManagementPolicyType.PARALLEL));
    }

    private static StatefulSet rolling(StatefulSet set, int partition, IntOrString maxUnavailable) {
        return set.withSpec(set.spec()
                .withUpdateStrategy(new StatefulSetUpdateStrategy(
                        "RollingUpdate", new RollingUpdateStatefulSetStrategy(partition, maxUnavailable))));
    }
}
