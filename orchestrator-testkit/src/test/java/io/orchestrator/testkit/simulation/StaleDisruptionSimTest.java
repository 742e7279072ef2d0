package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.staledisruption.StaleDisruptionReconciler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pod says of a disruption is taken back when that does not come. */
class StaleDisruptionSimTest {

    @Test
    void aDisruptionThatDoesNotComeWithinTwoMinutesIsTakenBackOnce() throws Exception {
        try (Workloads cluster = cluster("web")) {
            Disruptions.announce(cluster.sim, "web", "EvictionByEvictionAPI");
            cluster.sim.advance(Duration.ofSeconds(119));
            assertThat(announced(cluster)).isEqualTo("True");
            cluster.sim.advance(Duration.ofSeconds(2));
            assertThat(announced(cluster)).isEqualTo("False");
            cluster.mustRestFor(Duration.ofMinutes(10));
        }
    }

    @Test
    void aPodThatIsOnItsWayOutKeepsWhatItSaysAndSoDoesOneThatItsNodeEnds() throws Exception {
        try (Workloads cluster = cluster("web")) {
            Disruptions.announce(cluster.sim, "web", "TerminationByKubelet");
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(announced(cluster)).isEqualTo("True");
        }
        try (Workloads cluster = cluster("web")) {
            Disruptions.announce(cluster.sim, "web", "DeletionByTaintManager");
            cluster.kubelet.kill();
            cluster.sim.client().pods().delete("web");
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(announced(cluster)).isEqualTo("True");
        }
    }

    private static Workloads cluster(String name) {
        Workloads cluster =
                new Workloads(Simulation.inOrder(), clock -> List.of(StaleDisruptionReconciler.controller()));
        cluster.sim.client().create(Pod.named(name).container("web", "nginx:1").build());
        cluster.sim.advance(Duration.ofSeconds(20));
        return cluster;
    }

    private static String announced(Workloads cluster) {
        return Disruptions.announced(cluster.sim.client().pods().get("web"));
    }
}
