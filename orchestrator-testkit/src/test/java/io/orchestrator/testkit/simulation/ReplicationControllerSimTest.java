package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerBuilder;
import io.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.replication.ReplicationControllerReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A ReplicationController keeps its pods, whatever goes wrong. */
class ReplicationControllerSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 60);

    @Test
    void keepsItsPodsAndSaysSo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(web(3));
            cluster.sim.settle();
            ReplicationController web = get(cluster);
            assertThat(web.status().readyReplicas()).isEqualTo(3);
            assertThat(web.status().availableReplicas()).isEqualTo(3);
            assertThat(web.status().observedGeneration())
                    .isEqualTo(web.metadata().generation());
            assertThat(cluster.events())
                    .anyMatch(event -> event.startsWith("replication-controller/SuccessfulCreate: Created pod: web-"));
            Pod gone = cluster.pods().get(0);
            cluster.sim.client().pods().delete(gone.metadata().name());
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(3).allMatch(PodFacts::isReady);
            cluster.mustRestFor(Duration.ofMinutes(10));
        }
    }

    @Test
    void releasesAPodWhoseLabelsChangeAndAdoptsAnOrphan() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            Pod orphan = cluster.sim
                    .client()
                    .create(Pod.named("mine")
                            .label("app", "web")
                            .container("web", "nginx:1")
                            .build());
            cluster.sim.client().create(web(1));
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(1);
            String uid = get(cluster).metadata().uid();
            assertThat(Ownership.isControlledBy(cluster.sim.client().pods().get("mine"), uid))
                    .isTrue();
            cluster.sim
                    .client()
                    .pods()
                    .edit(
                            orphan.metadata().name(),
                            pod -> pod.withMetadata(pod.metadata().withLabels(Map.of("app", "other"))));
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(2);
            assertThat(cluster.sim.client().pods().get("mine").metadata().ownerReferences())
                    .isEmpty();
        }
    }

    @Test
    void endsAsWantedAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(() -> cluster(Simulation.inOrder()), cluster -> cluster.controllers, cluster -> {
                    cluster.sim.client().create(web(3));
                    cluster.sim.settle();
                    scale(cluster, 1);
                    cluster.sim.settle();
                    return cluster.pods().size() + " " + get(cluster).status();
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(5);
    }

    @Test
    void neverHasTooManyPodsAndComesToRest() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            live(seed);
        }
    }

    private static void live(long seed) throws Exception {
        try (Workloads cluster = cluster(Simulation.seeded(seed))) {
            Random random = cluster.sim.random();
            int[] most = {1};
            cluster.sim.invariant(
                    "never too many pods",
                    client -> assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(most[0]));
            cluster.controllers.faults().rates(FaultRates.rough());
            cluster.sim.client().create(web(1));
            int wanted = 1;
            for (int i = 0; i < 5; i++) {
                cluster.sim.advance(Duration.ofMillis(random.nextInt(20_000)));
                wanted = random.nextInt(6);
                most[0] = Math.max(most[0], wanted);
                scale(cluster, wanted);
                if (!cluster.activePods().isEmpty() && random.nextBoolean()) {
                    String victim = cluster.activePods().get(0).metadata().name();
                    cluster.sim
                            .client()
                            .pods()
                            .delete(victim, DeleteOptions.defaults().grace(0));
                }
            }
            cluster.sim.advance(Duration.ofSeconds(20));
            cluster.controllers.faults().rates(FaultRates.none());
            cluster.sim.settle();
            assertThat(cluster.pods()).as("seed %s", seed).hasSize(wanted).allMatch(PodFacts::isReady);
            assertThat(get(cluster).status().availableReplicas()).isEqualTo(wanted);
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    private static Workloads cluster(Simulation sim) {
        return new Workloads(sim, clock -> List.of(ReplicationControllerReconciler.controller(clock)));
    }

    private static ReplicationController get(Workloads cluster) {
        return cluster.sim.client().resources(ReplicationController.TYPE).get("web");
    }

    private static void scale(Workloads cluster, int replicas) {
        cluster.sim
                .client()
                .resources(ReplicationController.TYPE)
                .edit("web", web -> web.withSpec(web.spec().withReplicas(replicas)));
    }

    private static ReplicationController web(int replicas) {
        return ReplicationControllerBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("web").build())
                .spec(ReplicationControllerSpecBuilder.builder()
                        .replicas(replicas)
                        .template(PodTemplateSpecBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .labels(Map.of("app", "web"))
                                        .build())
                                .spec(Pod.named("web")
                                        .container("web", "nginx:1")
                                        .build()
                                        .spec())
                                .build())
                        .build())
                .build();
    }
}
