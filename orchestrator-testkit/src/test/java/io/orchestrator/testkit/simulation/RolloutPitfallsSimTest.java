package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is known to break in controllers of this kind, one test for each. */
class RolloutPitfallsSimTest {
    @Test
    void aRestartOnAnOldSnapshotContradictsNothingThatStands() throws Exception {
        for (int behind = 1; behind <= 40; behind += 3) {
            try (Rollouts cluster = new Rollouts()) {
                cluster.create(Rollouts.web(3));
                cluster.sim.settle();
                cluster.scale(5);
                cluster.sim.settle();
                cluster.sim.invariant(
                        "five pods, before as after",
                        client -> assertThat(cluster.activePods()).hasSize(5));
                cluster.controllers.faults().rates(FaultRates.none().withStaleRevisions(behind));
                cluster.controllers.crash();
                cluster.sim.settle();
                assertThat(cluster.web().status().availableReplicas()).isEqualTo(5);
            }
        }
    }

    @Test
    void theEndIsTheSameWhenTransitionsAreMissed() throws Exception {
        String golden = lifeOfADeployment(FaultRates.none());
        FaultRates missing = new FaultRates(0, 0, 0, 0, 0.05, 0.2, 1, Duration.ofSeconds(5), 0);
        assertThat(lifeOfADeployment(missing)).isEqualTo(golden);
    }

    private static String lifeOfADeployment(FaultRates rates) throws Exception {
        try (Rollouts cluster = new Rollouts(Simulation.seeded(7))) {
            cluster.controllers.faults().rates(rates);
            cluster.create(Rollouts.web(3));
            cluster.sim.advance(Duration.ofMinutes(2));
            cluster.setImage("nginx:2");
            cluster.sim.advance(Duration.ofMinutes(2));
            cluster.scale(4);
            cluster.sim.settle();
            return cluster.describe();
        }
    }

    @Test
    void theEndIsTheSameAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(Rollouts::new, cluster -> cluster.controllers, cluster -> {
                    cluster.create(Rollouts.web(2));
                    cluster.sim.settle();
                    cluster.setImage("nginx:2");
                    cluster.sim.settle();
                    return cluster.describe();
                })
                .forEachWriteAndEvent();
        assertThat(writes).as("writes to die of").isGreaterThan(20);
    }

    @Test
    void neverMorePodsThanReplicasWhileTheirEventsAreHeldForSixMinutes() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.sim.invariant(
                    "at most three pods",
                    client -> assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(3));
            cluster.sim.advance(Duration.ofSeconds(1));
            cluster.controllers.faults().hold(Pod.TYPE);
            cluster.create(Rollouts.web(3));
            cluster.sim.advance(Duration.ofMinutes(6));
            assertThat(cluster.activePods()).hasSize(3);
            assertThat(cluster.controllers.faults().writesByKind()).containsEntry("create Pod", 3);
            cluster.controllers.faults().release(Pod.TYPE);
            cluster.sim.settle();
            assertThat(cluster.web().status().availableReplicas()).isEqualTo(3);
            assertThat(cluster.controllers.faults().writesByKind()).containsEntry("create Pod", 3);
        }
    }

    @Test
    void aNewSetUnderAnOldNameIsNotTakenForTheOldOne() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            ReplicaSet first = cluster.sim.client().create(set(2));
            cluster.sim.settle();
            cluster.controllers.faults().hold(ReplicaSet.TYPE);
            cluster.sim
                    .client()
                    .replicaSets()
                    .delete(
                            "web",
                            DeleteOptions.defaults()
                                    .propagate(DeleteOptions.Propagation.ORPHAN)
                                    .grace(0));
            ReplicaSet second = recreate(cluster, set(1));
            cluster.sim.advance(Duration.ofMinutes(2));
            assertThat(second.metadata().uid()).isNotEqualTo(first.metadata().uid());
            assertThat(cluster.pods())
                    .as("nothing is done to the new set's pods on behalf of the old one")
                    .noneMatch(pod -> pod.metadata().deletionTimestamp() != null);
            cluster.controllers.faults().release(ReplicaSet.TYPE);
            cluster.sim.settle();
            assertThat(owned(cluster, second.metadata().uid())).hasSize(1);
        }
    }

    private static ReplicaSet recreate(Rollouts cluster, ReplicaSet set) {
        if (cluster.sim.client().replicaSets().find("web").isPresent()) {
            // Nobody plays the garbage collector here, which would take the finalizer away.
            cluster.sim
                    .client()
                    .replicaSets()
                    .edit("web", old -> old.withMetadata(old.metadata().withFinalizers(List.of())));
        }
        return cluster.sim.client().create(set);
    }

    @Test
    void podsThatEveryNodeRefusesAreReplacedEverMoreSlowly() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.refusing(pod -> true);
            cluster.create(Rollouts.web(1));
            cluster.sim.advance(Duration.ofMinutes(10));
            int first = cluster.controllers.faults().writesByKind().get("create Pod");
            cluster.sim.advance(Duration.ofMinutes(10));
            int then = cluster.controllers.faults().writesByKind().get("create Pod") - first;
            assertThat(first).as("in ten minutes").isBetween(5, 12);
            assertThat(then).as("in the next ten").isLessThanOrEqualTo(3);
        }
    }

    @Test
    void writesNothingAtRest() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(3));
            cluster.sim.settle();
            cluster.setImage("nginx:2");
            cluster.sim.settle();
            int writes = cluster.sim.writes();
            long revision = cluster.sim.revision();
            cluster.sim.advance(Duration.ofMinutes(30));
            assertThat(cluster.sim.writes()).isEqualTo(writes);
            assertThat(cluster.sim.revision()).isEqualTo(revision);
        }
    }

    @Test
    void twoDeploymentsWithOneSelectorLeaveEachOthersPodsAlone() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(2));
            Deployment rival = Rollouts.web(2);
            cluster.create(rival.withMetadata(rival.metadata().withName("rival")));
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(4);
            int writes = cluster.sim.writes();
            cluster.sim.advance(Duration.ofMinutes(30));
            assertThat(cluster.sim.writes()).as("no war").isEqualTo(writes);
            Set<String> owners = cluster.pods().stream()
                    .map(pod -> Ownership.controllerOf(pod).orElseThrow().uid())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(owners).hasSize(2);
        }
    }

    @Test
    void aRollOutGoesOnThoughItsTemplateHashIsTaken() throws Exception {
        String taken;
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(1));
            cluster.sim.settle();
            taken = cluster.sets().get(0).metadata().name();
        }
        try (Rollouts cluster = new Rollouts()) {
            ReplicaSet squatter = set(0);
            cluster.sim
                    .client()
                    .create(squatter.withMetadata(
                            squatter.metadata().withName(taken).withLabels(java.util.Map.of("some", "body"))));
            cluster.create(Rollouts.web(1));
            cluster.sim.settle();
            assertThat(cluster.web().status().collisionCount()).isEqualTo(1);
            assertThat(cluster.web().status().availableReplicas()).isEqualTo(1);
        }
    }

    @Test
    void aClockThatJumpsChangesNothing() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(3));
            cluster.sim.advance(Duration.ofMillis(500));
            cluster.sim.time().jump(Duration.ofHours(1));
            cluster.sim.invariant(
                    "at most three pods",
                    client -> assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(3));
            cluster.sim.settle();
            assertThat(cluster.web().status().availableReplicas()).isEqualTo(3);
        }
    }

    private static ReplicaSet set(int replicas) {
        return ReplicaSet.named("web")
                .replicas(replicas)
                .container("web", "nginx:1")
                .build();
    }

    private static List<Pod> owned(Rollouts cluster, String uid) {
        return cluster.activePods().stream()
                .filter(pod -> Ownership.isControlledBy(pod, uid))
                .toList();
    }
}
