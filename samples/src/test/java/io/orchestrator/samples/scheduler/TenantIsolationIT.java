package io.orchestrator.samples.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.schedule.Explanation;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TenantIsolationIT {

    private static Pod pod(String name, String tenant) {
        return Pod.named(name)
                .labels(Map.of("tenant", tenant))
                .container("main", "any", c -> c.command("sleep", "1000"))
                .build();
    }

    private static String nodeOf(Cluster cluster, String pod) {
        return cluster.client()
                .pods()
                .await(
                        pod,
                        found -> !found.spec().nodeName().isEmpty(),
                        "pod " + pod + " to have a node",
                        Duration.ofSeconds(60))
                .spec()
                .nodeName();
    }

    @Test
    void aHostsPluginKeepsTenantsApartAndSaysWhyOneWaits() {
        try (Cluster cluster = Cluster.builder()
                .nodes(2)
                .runtime(environment -> new SimulatedRuntime(environment).withAllImages())
                .schedulerPlugin(new TenantIsolation(), 10)
                .start()) {
            cluster.awaitNodes(Duration.ofSeconds(60));
            cluster.client().create(pod("red-1", "red"));
            String red = nodeOf(cluster, "red-1");
            cluster.client().create(pod("red-2", "red"));
            assertThat(nodeOf(cluster, "red-2")).isEqualTo(red);
            cluster.client().create(pod("blue-1", "blue"));
            assertThat(nodeOf(cluster, "blue-1")).isNotEqualTo(red);

            cluster.client().create(pod("green-1", "green"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(cluster.client()
                                    .pods()
                                    .get("green-1")
                                    .status()
                                    .condition("PodScheduled"))
                            .hasValueSatisfying(condition -> assertThat(condition.message())
                                    .startsWith("0/2 nodes are available: 2 node(s) had pods of another tenant.")));
            Explanation whatIf = cluster.scheduler()
                    .whatIf(cluster.client().pods().get("green-1"))
                    .toCompletableFuture()
                    .join();
            assertThat(whatIf.nodes()).allMatch(node -> node.refusedBy().equals("TenantIsolation"));

            cluster.client().pods().delete("blue-1");
            assertThat(nodeOf(cluster, "green-1")).isNotEqualTo(red);
        }
    }
}
