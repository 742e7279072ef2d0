package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.endpoints.EndpointsReconciler;
import io.orchestrator.core.control.endpointslice.EndpointSliceReconciler;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A roll-out never stands still while there is something to do: whoever waits for somebody else's write hears of it, and waits for
 * no back-off or end of patience in its place. Each seed is another order of all tasks of controllers, scheduler and nodes; {@code
 * -Dsimulation.seeds=N} runs N of them, {@code -Dsimulation.seed=S} replays one, {@code -Dsimulation.burst=N} has so many pods.
 */
class RolloutPaceSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 15);
    private static final int PODS = Integer.getInteger("simulation.burst", 60);
    private static final int NODES = Math.max(10, PODS / 40);

    /** A pod takes a second to go, and an order to do so some milliseconds to be heard of and to be told. */
    private static final Duration LONGEST = Duration.ofMillis(1_500);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void somethingGoesOnUntilAllPodsAreReplaced() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            rollOut(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            rollOut(seed);
        }
    }

    private static void rollOut(long seed) throws Exception {
        try (SchedulingCluster cluster = new SchedulingCluster(Simulation.seeded(seed), NODES, 1)) {
            Clock clock = cluster.sim.environment().clock();
            List<ControllerSpec> controllers = List.of(
                    ReplicaSetReconciler.controller(clock),
                    DeploymentReconciler.controller(clock),
                    EndpointsReconciler.spec(),
                    EndpointSliceReconciler.spec());
            cluster.with(controllers);
            Pace pace = new Pace(cluster.sim);
            cluster.sim
                    .client()
                    .create(Service.named("web").selects("app", "web").port(80).build());
            cluster.sim
                    .client()
                    .create(Deployment.named("web")
                            .replicas(PODS)
                            .container("web", "web:1", container -> container.cpu("10m"))
                            .build());
            pace.untilDone("to Ready");
            cluster.sim.client().deployments().restart("web");
            pace.untilDone("roll-out");
        }
    }

    /** When pods changed last, and for how long nothing did. */
    private static final class Pace {
        private final Simulation sim;
        private long last;
        private long longest;
        private long longestUntil;

        Pace(Simulation sim) {
            this.sim = sim;
            sim.invariant("pace", Pod.TYPE, client -> changed());
        }

        private void changed() {
            long now = sim.time().nanoTime();
            if (now - last > longest) {
                longest = now - last;
                longestUntil = now;
            }
            last = now;
        }

        void untilDone(String what) {
            long begun = sim.time().nanoTime();
            last = begun;
            longest = 0;
            while (!isDone()) {
                sim.advance(Duration.ofMillis(10));
                assertThat(sim.time().nanoTime() - begun)
                        .as("%s, seed %s", what, sim.seed())
                        .isLessThan(PATIENCE.toNanos());
            }
            assertThat(Duration.ofNanos(longest))
                    .as("%s, seed %s: nothing happened until %s", what, sim.seed(), Duration.ofNanos(longestUntil))
                    .isLessThan(LONGEST);
        }

        private boolean isDone() {
            Deployment web = sim.client().deployments().get("web");
            DeploymentStatus status = web.status();
            return status.observedGeneration() >= web.metadata().generation()
                    && status.updatedReplicas() == PODS
                    && status.replicas() == PODS
                    && status.availableReplicas() == PODS;
        }
    }
}
