package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseSpec;
import io.orchestrator.core.control.election.ElectionSettings;
import io.orchestrator.core.control.election.LeaderElection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Of several control planes one works, and one that lost the lease without knowing writes nothing more. */
class LeaderElectionSimTest {
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(40);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 8);

    /** Three control planes and the nodes. */
    private static final class Planes implements AutoCloseable {
        final Simulation sim;
        final Map<String, ControlPlane> running = new HashMap<>();
        final List<SimulatedComponent> all = new ArrayList<>();

        Planes(Simulation sim) {
            this.sim = sim;
            // The first one gets the lease.
            for (String name : List.of("a", "b", "c")) {
                all.add(sim.component(name, site -> {
                    ControlPlane plane = new ControlPlane(site);
                    running.put(name, plane);
                    return plane;
                }));
                sim.advance(Duration.ofMillis(50));
            }
            sim.component("kubelet", site -> new KubeletStub(site, Duration.ofSeconds(3)));
            sim.invariant(
                    "never more pods than the roll-out allows",
                    client -> assertThat(client.pods().list().items().stream()
                                    .filter(pod -> pod.metadata().deletionTimestamp() == null))
                            .hasSizeLessThanOrEqualTo(4));
        }

        SimulatedComponent plane(String name) {
            return all.stream()
                    .filter(plane -> plane.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> leaders() {
            return all.stream()
                    .filter(SimulatedComponent::isAlive)
                    .map(SimulatedComponent::name)
                    .filter(name -> running.get(name).isLeading())
                    .toList();
        }

        LeaseSpec lease() {
            return sim.client()
                    .inNamespace("kube-system")
                    .resources(Lease.TYPE)
                    .get("kube-controller-manager")
                    .spec();
        }

        String holder() {
            return Objects.requireNonNullElse(lease().holderIdentity(), "");
        }

        /** A Deployment comes, is rolled to another image and grows no further than the invariant allows. */
        String rollOut() {
            sim.client()
                    .create(Deployment.named("web")
                            .replicas(2)
                            .container("web", "nginx:1")
                            .maxSurge(1)
                            .maxUnavailable(1)
                            .build());
            sim.advance(Duration.ofSeconds(20));
            sim.client().deployments().edit("web", web -> RolloutSimTest.withImage(web, "nginx:2"));
            sim.settle();
            RolloutRules.complete(sim.client(), "web");
            return sim.client().replicaSets().list().items().stream()
                    .map(set -> set.spec().replicas() + "x"
                            + set.spec().template().spec().containers().get(0).image())
                    .sorted()
                    .toList()
                    .toString();
        }

        @Override
        public void close() throws Exception {
            sim.close();
        }
    }

    @Test
    void theFirstOneLeadsAndTheOthersWriteNothing() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.rollOut();
            assertThat(planes.leaders()).containsExactly("a");
            assertThat(planes.holder()).isEqualTo("a");
            assertThat(planes.plane("b").faults().tries()).isZero();
            assertThat(planes.plane("c").faults().tries()).isZero();
            int before = planes.sim.writes();
            planes.sim.advance(Duration.ofMinutes(10));
            assertThat(planes.sim.writes())
                    .as("at rest only the lease is renewed")
                    .isEqualTo(before);
        }
    }

    @Test
    void whoCannotBeginGivesTheLeaseUpAndMayBeginLater() throws Exception {
        try (Simulation sim = Simulation.inOrder()) {
            List<String> begun = new ArrayList<>();
            candidate(sim, "a", client -> {
                if (begun.isEmpty()) {
                    begun.add("a fails");
                    throw new IllegalStateException("on purpose");
                }
                begun.add("a leads");
                return () -> begun.add("a has led");
            });
            sim.advance(Duration.ofMillis(50));
            assertThat(begun).containsExactly("a fails");
            sim.advance(Duration.ofSeconds(5));
            assertThat(begun).containsExactly("a fails", "a leads");
        }
    }

    private static void candidate(Simulation sim, String name, LeaderElection.Term term) {
        sim.component(name, site -> {
            LeaderElection election = new LeaderElection(
                    site.client(), ElectionSettings.of("some-lease", name), site.environment(), term);
            election.start();
            return election;
        });
    }

    @Test
    void aLeaderThatIsFrozenBeforeAnyOfItsWritesWritesNothingOnceAnotherLeads() throws Exception {
        String golden;
        int tries;
        try (Planes planes = new Planes(Simulation.inOrder())) {
            golden = planes.rollOut();
            tries = planes.plane("a").faults().tries();
        }
        for (int n = 1; n <= tries; n++) {
            try (Planes planes = new Planes(Simulation.inOrder())) {
                Faults faults = planes.plane("a").faults();
                faults.freezeBeforeWrite(n, LONGER_THAN_A_LEASE);
                assertThat(planes.rollOut()).as("frozen before write %s", n).isEqualTo(golden);
                assertThat(faults.thawedWrite())
                        .as("the write %s of a leader of the past", n)
                        .contains(false);
                assertThat(planes.holder()).as("who leads after %s", n).isIn("b", "c");
            }
        }
        assertThat(tries).isGreaterThan(20);
    }

    @Test
    void aLeaderThatIsFrozenWhileItDoesNothingLeadsNoMore() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.advance(Duration.ofSeconds(31));
            planes.plane("a").freeze(LONGER_THAN_A_LEASE);
            planes.rollOut();
            assertThat(planes.leaders()).hasSize(1).doesNotContain("a");
        }
    }

    @Test
    void aLeaderThatDiesIsReplacedWhenItsLeaseHasRunOut() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.advance(Duration.ofSeconds(30));
            planes.plane("a").kill();
            planes.sim.advance(Duration.ofSeconds(12));
            assertThat(planes.leaders()).as("the lease still holds").isEmpty();
            planes.sim.advance(Duration.ofSeconds(8));
            assertThat(planes.leaders()).hasSize(1).doesNotContain("a");
            assertThat(planes.lease().leaseTransitions()).isEqualTo(1);
            planes.plane("a").start();
            planes.rollOut();
            assertThat(planes.leaders()).doesNotContain("a");
        }
    }

    @Test
    void whoComesBackUnderItsNameNeedNotWaitForItsFormerLife() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.advance(Duration.ofSeconds(30));
            planes.plane("a").crash();
            planes.sim.advance(Duration.ofSeconds(4));
            assertThat(planes.leaders()).containsExactly("a");
            planes.rollOut();
        }
    }

    @Test
    void aLeaderThatEndsInOrderIsReplacedAtOnce() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.advance(Duration.ofSeconds(30));
            planes.plane("a").close();
            assertThat(planes.holder()).isEmpty();
            planes.sim.advance(Duration.ofSeconds(3));
            assertThat(planes.leaders()).hasSize(1);
            assertThat(planes.lease().leaseTransitions()).isEqualTo(1);
        }
    }

    @Test
    void aLeaderThatCannotRenewStopsBeforeAnotherBegins() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.invariant(
                    "at most one leader", client -> assertThat(planes.leaders()).hasSizeLessThanOrEqualTo(1));
            planes.sim.advance(Duration.ofSeconds(30));
            planes.plane("a").faults().partition();
            planes.sim.advance(Duration.ofSeconds(13));
            assertThat(planes.leaders()).as("given up, not yet taken").isEmpty();
            planes.sim.advance(Duration.ofSeconds(6));
            assertThat(planes.leaders()).hasSize(1).doesNotContain("a");
            planes.plane("a").faults().heal();
            planes.rollOut();
            assertThat(planes.leaders()).hasSize(1).doesNotContain("a");
        }
    }

    @Test
    void clocksMayJump() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.advance(Duration.ofSeconds(30));
            planes.sim.time().jump(Duration.ofHours(1));
            planes.sim.advance(Duration.ofMinutes(1));
            planes.sim.time().jump(Duration.ofHours(-3));
            planes.sim.advance(Duration.ofMinutes(1));
            assertThat(planes.leaders()).containsExactly("a");
            assertThat(planes.lease().leaseTransitions()).isZero();
        }
    }

    @Test
    void aLeaseThatIsDeletedEndsTheTermForGood() throws Exception {
        try (Planes planes = new Planes(Simulation.inOrder())) {
            planes.sim.advance(Duration.ofSeconds(30));
            planes.plane("a").faults().freezeBeforeWrite(1, Duration.ofSeconds(5));
            planes.sim
                    .client()
                    .inNamespace("kube-system")
                    .resources(Lease.TYPE)
                    .delete("kube-controller-manager", DeleteOptions.defaults());
            planes.rollOut();
            assertThat(planes.plane("a").faults().thawedWrite()).contains(false);
            assertThat(planes.leaders()).hasSize(1);
        }
    }

    @Test
    void whateverGoesWrongTheEndIsTheSame() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            try (Planes planes = new Planes(Simulation.seeded(seed))) {
                planes.all.forEach(plane -> plane.faults().rates(FaultRates.rough()));
                planes.sim
                        .client()
                        .create(Deployment.named("web")
                                .replicas(3)
                                .container("web", "nginx:1")
                                .maxSurge(1)
                                .maxUnavailable(1)
                                .build());
                for (int i = 0; i < 4; i++) {
                    planes.sim.advance(Duration.ofSeconds(planes.sim.random().nextInt(30)));
                    SimulatedComponent plane =
                            planes.all.get(planes.sim.random().nextInt(planes.all.size()));
                    if (planes.sim.random().nextBoolean()) {
                        plane.freeze(LONGER_THAN_A_LEASE);
                    } else {
                        plane.faults().freezeBeforeWrite(1 + planes.sim.random().nextInt(5), LONGER_THAN_A_LEASE);
                    }
                    String image = "nginx:" + (2 + i);
                    planes.sim.client().deployments().edit("web", web -> RolloutSimTest.withImage(web, image));
                }
                planes.all.forEach(plane -> plane.faults().rates(FaultRates.none()));
                planes.sim.settle();
                RolloutRules.complete(planes.sim.client(), "web");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
