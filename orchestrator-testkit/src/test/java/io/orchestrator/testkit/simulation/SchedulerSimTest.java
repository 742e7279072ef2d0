package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.HostPathVolumeSourceBuilder;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.NodeSelectorRequirementBuilder;
import io.orchestrator.api.model.core.NodeSelectorTermBuilder;
import io.orchestrator.api.model.core.PersistentVolumeBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.VolumeNodeAffinity;
import io.orchestrator.api.model.core.VolumeResourceRequirementsBuilder;
import io.orchestrator.api.model.storage.StorageClassBuilder;
import io.orchestrator.api.model.storage.VolumeBindingMode;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import io.orchestrator.core.control.volume.ClaimReconciler;
import io.orchestrator.core.control.volume.VolumeReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods get nodes that have room for them, once, whatever goes wrong for schedulers and nodes. */
class SchedulerSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 50);

    @Test
    void endsTheSameWhereverItDiesOrSeesLateWhileItBinds() throws Exception {
        int writes = new CrashPoints<>(
                        () -> new SchedulingCluster(Simulation.inOrder(), 3, 1),
                        SchedulingCluster::scheduler,
                        cluster -> {
                            for (int i = 0; i < 6; i++) {
                                cluster.create("web-" + i, 500, "");
                            }
                            cluster.create("big", 1500, "");
                            cluster.sim.settle();
                            cluster.noNodeIsOvercommitted();
                            return cluster.phases();
                        })
                .forEachWriteAndEvent();
        assertThat(writes).as("bindings, a condition, and events").isGreaterThanOrEqualTo(8);
    }

    @Test
    void endsTheSameWhereverItDiesOrSeesLateWhileItMakesRoom() throws Exception {
        int writes = new CrashPoints<>(
                        () -> new SchedulingCluster(Simulation.inOrder(), 2, 1),
                        SchedulingCluster::scheduler,
                        cluster -> {
                            for (int i = 0; i < 4; i++) {
                                cluster.create("low-" + i, 500, "");
                            }
                            cluster.sim.settle();
                            cluster.create("high", 1000, "high");
                            cluster.sim.settle();
                            cluster.noNodeIsOvercommitted();
                            Pod high = cluster.sim.client().pods().get("high");
                            return high.status().phase() + ", and " + (cluster.running() - 1) + " of the others";
                        })
                .forEachWriteAndEvent();
        assertThat(writes)
                .as("two marks, two deletions, a nomination and bindings")
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void endsTheSameWhereverItDiesOrSeesLateWhileItBindsVolumes() throws Exception {
        int writes = new CrashPoints<>(this::withVolumes, SchedulingCluster::scheduler, cluster -> {
                    cluster.sim.settle();
                    Pod pod = cluster.sim.client().pods().get("db");
                    List<String> claims =
                            cluster.sim.client().resources(PersistentVolumeClaim.TYPE).list().items().stream()
                                    .map(claim -> claim.spec().volumeName() + " "
                                            + claim.status().phase())
                                    .toList();
                    return pod.status().phase() + " on " + pod.spec().nodeName() + " with " + claims;
                })
                .forEachWriteAndEvent();
        assertThat(writes).as("two volumes, a binding, an event").isGreaterThanOrEqualTo(4);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForAVolumeThatIsSlowToBeBoundWithoutLookingAllTheTime() throws Exception {
        try (SchedulingCluster cluster = withVolumes()) {
            SimulatedComponent scheduler = cluster.scheduler();
            while (scheduler.faults().writesByKind().getOrDefault("update PersistentVolume", 0) < 2) {
                cluster.sim.time().step();
            }
            scheduler.faults().hold(PersistentVolumeClaim.TYPE);
            // would not come to its end
            cluster.sim.advance(Duration.ofMinutes(2));
            scheduler.faults().release(PersistentVolumeClaim.TYPE);
            cluster.sim.settle();
            assertThat(cluster.running()).isEqualTo(1);
        }
    }

    /** Two claims that wait for their pod; only one node has a volume for each. */
    private SchedulingCluster withVolumes() {
        SchedulingCluster cluster = new SchedulingCluster(Simulation.inOrder(), 3, 1)
                .with(List.of(ClaimReconciler.controller(List.of()), VolumeReconciler.controller(List.of())));
        cluster.sim
                .client()
                .create(StorageClassBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("local").build())
                        .provisioner("kubernetes.io/no-provisioner")
                        .volumeBindingMode(VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER)
                        .build());
        List.of("data node-1", "data node-2", "log node-2", "log node-3").forEach(each -> volume(cluster, each));
        claim(cluster, "data");
        claim(cluster, "log");
        cluster.sim
                .client()
                .create(Pod.named("db")
                        .container("main", "app:1")
                        .claim("data", "data")
                        .claim("log", "log")
                        .build());
        return cluster;
    }

    private static void volume(SchedulingCluster cluster, String kindAndNode) {
        String kind = kindAndNode.split(" ")[0];
        String node = kindAndNode.split(" ")[1];
        NodeSelector there = new NodeSelector(List.of(NodeSelectorTermBuilder.builder()
                .matchExpressions(List.of(NodeSelectorRequirementBuilder.builder()
                        .key("kubernetes.io/hostname")
                        .operator("In")
                        .values(List.of(node))
                        .build()))
                .build()));
        cluster.sim
                .client()
                .create(PersistentVolumeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(kind + "-" + node)
                                .labels(Map.of("kind", kind))
                                .build())
                        .spec(PersistentVolumeSpecBuilder.builder()
                                .capacity(Map.of("storage", Quantity.parse("1Gi")))
                                .accessModes(List.of("ReadWriteOnce"))
                                .storageClassName("local")
                                .hostPath(HostPathVolumeSourceBuilder.builder()
                                        .path("/srv/" + kind)
                                        .build())
                                .nodeAffinity(new VolumeNodeAffinity(there))
                                .build())
                        .build());
    }

    private static void claim(SchedulingCluster cluster, String kind) {
        cluster.sim
                .client()
                .create(PersistentVolumeClaimBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name(kind).build())
                        .spec(PersistentVolumeClaimSpecBuilder.builder()
                                .accessModes(List.of("ReadWriteOnce"))
                                .storageClassName("local")
                                .selector(LabelSelector.of(Map.of("kind", kind)))
                                .resources(VolumeResourceRequirementsBuilder.builder()
                                        .requests(Map.of("storage", Quantity.parse("1Gi")))
                                        .build())
                                .build())
                        .build());
    }

    @Test
    void placesEverythingThatFitsThoughMuchGoesWrong() throws Exception {
        for (long seed = first(); seed < last(); seed++) {
            life(seed, 1);
        }
    }

    @Test
    void schedulersThatRaceBindNoPodTwiceAndLeaveNoNodeOvercommitted() throws Exception {
        for (long seed = first(); seed < last(); seed++) {
            life(seed, 3);
        }
    }

    private static long first() {
        return Long.getLong("simulation.seed", 0);
    }

    private static long last() {
        Long one = Long.getLong("simulation.seed");
        return one == null ? SEEDS : one + 1;
    }

    /** Users come and go, nodes come; at the end as many run as have room. */
    private static void life(long seed, int schedulers) throws Exception {
        Simulation sim = Simulation.seeded(seed);
        try (SchedulingCluster cluster = new SchedulingCluster(sim, 3, schedulers)
                .with(List.of(ReplicaSetReconciler.controller(sim.environment().clock())))) {
            Random random = sim.random();
            sim.advance(Duration.ofSeconds(5));
            sim.components().stream()
                    .filter(component -> component.name().startsWith("scheduler"))
                    .forEach(component -> component.faults().rates(FaultRates.rough()));
            sim.client().create(set(6 + random.nextInt(4)));
            for (int i = 0; i < 4; i++) {
                sim.advance(Duration.ofMillis(random.nextInt(15_000)));
                List<Pod> pods = cluster.pods();
                if (random.nextBoolean() && !pods.isEmpty()) {
                    sim.client()
                            .pods()
                            .delete(pods.get(random.nextInt(pods.size()))
                                    .metadata()
                                    .name());
                } else {
                    sim.client().replicaSets().scale("web", 4 + random.nextInt(8));
                }
            }
            cluster.addNode("node-4");
            sim.client().replicaSets().scale("web", 12);
            sim.advance(Duration.ofSeconds(20));
            sim.components().forEach(component -> component.faults().rates(FaultRates.none()));
            sim.settle();
            cluster.noNodeIsOvercommitted();
            assertThat(cluster.running())
                    .as("seed %s: %s", seed, cluster.phases())
                    .isEqualTo(12);
        }
    }

    private static ReplicaSet set(int replicas) {
        return ReplicaSet.named("web")
                .replicas(replicas)
                .container("main", "app:1", container -> container.cpu("300m"))
                .build();
    }

    @Test
    void aPodThatItsNodeRefusesGivesItsRoomBack() throws Exception {
        try (SchedulingCluster cluster = new SchedulingCluster(Simulation.inOrder(), 0, 1)) {
            cluster.addNode("boaster", 2 * SchedulingCluster.MILLI_CPU);
            cluster.create("first", 800, "");
            cluster.create("second", 800, "");
            cluster.create("third", 800, "");
            cluster.sim.settle();
            Map<String, Long> reasons = cluster.pods().stream()
                    .collect(Collectors.groupingBy(pod -> pod.status().reason(), Collectors.counting()));
            assertThat(reasons)
                    .as("each had its turn, one after the other")
                    .containsExactlyInAnyOrderEntriesOf(Map.of("", 1L, "OutOfcpu", 2L));
            assertThat(cluster.running()).isEqualTo(1);
            cluster.noNodeIsOvercommitted();
        }
    }

    @Test
    void schedulerAndNodeThatDisagreeForEverFillNothingWithFailedPods() throws Exception {
        Simulation sim = Simulation.inOrder();
        try (SchedulingCluster cluster = new SchedulingCluster(sim, 0, 1)
                .with(List.of(ReplicaSetReconciler.controller(sim.environment().clock())))) {
            cluster.addNode("boaster", 64 * SchedulingCluster.MILLI_CPU);
            sim.client()
                    .create(ReplicaSet.named("web")
                            .replicas(1)
                            .container("main", "app:1", container -> container.cpu("2"))
                            .build());
            sim.advance(Duration.ofMinutes(30));
            long failed = cluster.pods().stream()
                    .filter(pod -> pod.status().phase().equals(PodPhase.FAILED))
                    .count();
            assertThat(failed).as("ever more slowly").isBetween(5L, 15L);
        }
    }

    @Test
    void theSameSeedGivesTheSamePlacementsAtTheSameMoments() throws Exception {
        List<String> one = placements(1);
        assertThat(one).isNotEmpty().isEqualTo(placements(1));
        assertThat(one).as("chance has its say").isNotEqualTo(placements(2));
    }

    private static List<String> placements(long seed) throws Exception {
        try (SchedulingCluster cluster = new SchedulingCluster(Simulation.seeded(seed), 5, 2)) {
            cluster.schedulers.forEach(scheduler -> scheduler.faults().rates(FaultRates.rough()));
            for (int i = 0; i < 12; i++) {
                cluster.create("web-" + i, 100 + cluster.sim.random().nextInt(300), i % 5 == 0 ? "high" : "");
                cluster.sim.advance(Duration.ofMillis(cluster.sim.random().nextInt(500)));
            }
            cluster.sim.advance(Duration.ofMinutes(1));
            return List.copyOf(cluster.history);
        }
    }
}
