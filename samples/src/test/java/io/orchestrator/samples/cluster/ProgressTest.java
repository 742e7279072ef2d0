package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.testkit.runtime.ImageBehaviour;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void pullsFailuresAndReadinessAreToldAsTheyCome() {
        try (Cluster cluster = Cluster.builder()
                        .nodes(1)
                        .runtime(environment -> new SimulatedRuntime(environment)
                                .pull("broken:1", ImageBehaviour.notPullable("no such image")))
                        .start();
                Progress progress = new Progress(cluster.client().transport(), lines::add)) {
            Client client = cluster.client();

            client.apply(Deployment.named("web")
                    .replicas(2)
                    .container("web", "web:1")
                    .build());
            client.apply(Deployment.named("lost").container("lost", "broken:1").build());

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(lines).anyMatch(line -> line.matches("pod/web-.*: Pulling image \"web:1\""));
                assertThat(lines).anyMatch(line -> line.matches("pod/web-.*: Successfully pulled image \"web:1\".*"));
                assertThat(lines).anyMatch(line -> line.matches("pod/lost-.*: Failed: .*no such image.*"));
                assertThat(lines).contains("deployment/web: 2 of 2 ready");
            });
            assertThat(lines).doesNotHaveDuplicates();
        }
    }
}
