package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStrategyBuilder;
import io.orchestrator.api.model.apps.DeploymentStrategyType;
import io.orchestrator.api.model.apps.RollingUpdateDeploymentBuilder;
import io.orchestrator.api.model.core.Container;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A Deployment is created, scaled, rolled and rolled back, while its controllers crash, miss answers, read old states and lose
 * their watches. A thousand times in CI, a hundred times else; {@code -Dsimulation.seeds=N} runs N seeds, {@code
 * -Dsimulation.seed=S} replays one.
 */
class RolloutSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", System.getenv("CI") == null ? 100 : 1000);

    /** Beyond those of a run in CI: kept since they showed a defect. */
    private static final List<Long> ONCE_FAILED = List.of(1389L);

    @Test
    void alwaysConvergesWithinItsBoundsAndThenRests() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            rollOut(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            rollOut(seed);
        }
        for (long seed : ONCE_FAILED) {
            rollOut(seed);
        }
    }

    private static void rollOut(long seed) throws Exception {
        try (Simulation sim = Simulation.seeded(seed)) {
            new RolloutScenario(sim).run();
        }
    }

    /** One random life of a Deployment. */
    private static final class RolloutScenario {
        private static final int ACTIONS = 6;

        private final Simulation sim;
        private final Random random;
        private final RolloutRules rules = new RolloutRules();
        private final SimulatedComponent controllers;
        private final int surge;
        private final int unavailable;

        RolloutScenario(Simulation sim) {
            this.sim = sim;
            this.random = sim.random();
            this.surge = random.nextInt(3);
            this.unavailable = surge == 0 ? 1 : random.nextInt(2);
            this.controllers = sim.component("controllers", Controllers::new);
            sim.component("kubelet", site -> new KubeletStub(site, Duration.ofSeconds(4)));
            sim.invariant("bounds of the roll-out", rules::check);
        }

        void run() {
            controllers.faults().rates(FaultRates.rough());
            int replicas = 1 + random.nextInt(5);
            wanted(replicas);
            sim.client().create(deployment(replicas));
            pass();
            for (int i = 0; i < ACTIONS; i++) {
                act();
                pass();
            }
            rest();
        }

        private void act() {
            if (random.nextInt(3) == 0) {
                int replicas = 1 + random.nextInt(6);
                wanted(replicas);
                sim.client()
                        .deployments()
                        .edit("web", web -> web.withSpec(web.spec().withReplicas(replicas)));
            } else {
                // A few images only, so that some changes are roll-backs.
                String image = "nginx:" + random.nextInt(3);
                sim.client().deployments().edit("web", web -> withImage(web, image));
            }
        }

        private void pass() {
            if (random.nextInt(3) == 0) {
                rest();
                controllers.faults().rates(FaultRates.rough());
            } else {
                sim.advance(Duration.ofMillis(random.nextInt(20_000)));
            }
        }

        private void rest() {
            controllers.faults().rates(FaultRates.none());
            sim.settle();
            RolloutRules.complete(sim.client(), "web");
            int writes = sim.writes();
            sim.advance(Duration.ofMinutes(12));
            assertThat(sim.writes())
                    .as("seed %s: no write at rest, but %s", sim.seed(), sim.writesByKind())
                    .isEqualTo(writes);
            int replicas = sim.client().deployments().get("web").spec().replicas();
            rules.rest();
            wanted(replicas);
        }

        private void wanted(int replicas) {
            rules.wanted(replicas, surge, Math.min(unavailable, replicas));
        }

        private Deployment deployment(int replicas) {
            Deployment web = Deployment.named("web")
                    .replicas(replicas)
                    .container("web", "nginx:0")
                    .build();
            return web.withSpec(web.spec()
                    .withStrategy(DeploymentStrategyBuilder.builder()
                            .type(DeploymentStrategyType.ROLLING_UPDATE)
                            .rollingUpdate(RollingUpdateDeploymentBuilder.builder()
                                    .maxSurge(IntOrString.of(surge))
                                    .maxUnavailable(IntOrString.of(unavailable))
                                    .build())
                            .build()));
        }
    }

    static Deployment withImage(Deployment web, String image) {
        var template = web.spec().template();
        Container container = template.spec().containers().get(0);
        return web.withSpec(web.spec()
                .withTemplate(template.withSpec(template.spec().withContainers(List.of(container.withImage(image))))));
    }
}
