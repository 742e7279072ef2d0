package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.runtime.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An autoscaler goes by what the nodes' agents measure, in a whole cluster: scheduler, nodes and metrics included. */
class AutoscaledClusterSimTest {
    private static final String BUSY = "busy:1";
    private static final String IDLE = "idle:1";
    private static final int MOST = 6;

    @TempDir
    Path directory;

    @Test
    void aDeploymentGrowsUnderItsLoadAndShrinksWhenThatIsGone() throws Exception {
        try (WholeCluster cluster = new WholeCluster(Simulation.inOrder(), directory)) {
            cluster.engine()
                    .program(spec -> Optional.of(Behaviour.runs()
                            .endsOnTerm(Duration.ofSeconds(1), 0)
                            .uses(spec.image().equals(BUSY) ? 180 : 20, 1 << 20)));
            cluster.sim().advance(Duration.ofMinutes(1));
            cluster.sim()
                    .client()
                    .create(Deployment.named("web")
                            .replicas(1)
                            .container("web", BUSY, container -> container.cpu("200m"))
                            .build());
            cluster.sim()
                    .client()
                    .create(HorizontalPodAutoscalerBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder().name("web").build())
                            .spec(HorizontalPodAutoscalerSpecBuilder.builder()
                                    .scaleTargetRef(new CrossVersionObjectReference("Deployment", "web", "apps/v1"))
                                    .minReplicas(2)
                                    .maxReplicas(MOST)
                                    .metrics(List.of(Autoscaled.cpu(50)))
                                    .build())
                            .build());
            cluster.sim().advance(Duration.ofMinutes(10));
            assertThat(ready(cluster)).isEqualTo(MOST);
            HorizontalPodAutoscaler scaler = cluster.sim()
                    .client()
                    .resources(HorizontalPodAutoscaler.TYPE)
                    .get("web");
            assertThat(scaler.status()
                            .currentMetrics()
                            .get(0)
                            .resource()
                            .current()
                            .averageUtilization())
                    .isEqualTo(90);
            cluster.sim().client().deployments().edit("web", web -> RolloutSimTest.withImage(web, IDLE));
            cluster.sim().advance(Duration.ofMinutes(3));
            assertThat(ready(cluster)).as("for five minutes it stays as large").isEqualTo(MOST);
            cluster.sim().advance(Duration.ofMinutes(10));
            assertThat(ready(cluster)).isEqualTo(2);
        }
    }

    private static long ready(WholeCluster cluster) {
        return cluster.sim().client().pods().list().items().stream()
                .filter(PodFacts::isActive)
                .filter(AutoscaledClusterSimTest::isPlaced)
                .filter(PodFacts::isReady)
                .count();
    }

    private static boolean isPlaced(Pod pod) {
        return pod.spec().nodeName().startsWith("node-");
    }
}
