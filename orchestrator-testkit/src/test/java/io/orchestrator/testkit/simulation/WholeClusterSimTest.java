package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.apps.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same life of a Deployment, with the real scheduler and the real agents, and faults for all of them. */
class WholeClusterSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.clusters", System.getenv("CI") == null ? 10 : 25);

    @TempDir
    Path directory;

    @Test
    void aDeploymentRunsOnTheNodes() throws Exception {
        try (WholeCluster cluster = new WholeCluster(Simulation.inOrder(), directory)) {
            cluster.sim().client().create(web(3));
            cluster.sim().settle();
            RolloutRules.complete(cluster.sim().client(), "web");
            int writes = cluster.sim().writes();
            cluster.sim().advance(Duration.ofMinutes(10));
            assertThat(cluster.sim().writes())
                    .as("no write at rest, but %s", cluster.sim().writesByKind())
                    .isEqualTo(writes);
        }
    }

    @Test
    void rollsWithinItsBoundsThoughEveryPartFails() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            rollOut(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            rollOut(seed);
        }
    }

    private void rollOut(long seed) throws Exception {
        try (WholeCluster cluster = new WholeCluster(Simulation.seeded(seed), directory.resolve(Long.toString(seed)))) {
            Random random = cluster.sim().random();
            RolloutRules rules = new RolloutRules();
            cluster.sim().invariant("bounds of the roll-out", rules::checkPods);
            cluster.sim().advance(Duration.ofSeconds(10));
            cluster.rates(FaultRates.rough());
            rules.wanted(3, 1, 1);
            cluster.sim().client().create(web(3));
            for (int i = 1; i <= 4; i++) {
                cluster.sim().advance(Duration.ofMillis(random.nextInt(40_000)));
                String image = "nginx:" + random.nextInt(3);
                cluster.sim().client().deployments().edit("web", web -> RolloutSimTest.withImage(web, image));
            }
            cluster.sim().advance(Duration.ofSeconds(20));
            cluster.rates(FaultRates.none());
            cluster.sim().settle();
            RolloutRules.complete(cluster.sim().client(), "web");
        }
    }

    private static Deployment web(int replicas) {
        return Deployment.named("web")
                .replicas(replicas)
                .container("web", "nginx:1")
                .maxSurge(1)
                .maxUnavailable(1)
                .build();
    }
}
