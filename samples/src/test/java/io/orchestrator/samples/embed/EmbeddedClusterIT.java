package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EmbeddedClusterIT {

    @Test
    void theHostApplicationOfTheReadmeRunsFivePodsOnAddressesOfTheirOwn() {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            HostApplication.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        Set<String> addresses = said.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(addresses).hasSize(5).allMatch(address -> address.startsWith("127."));
    }

    @Test
    void twoClustersDoNotSeeEachOther() {
        try (Cluster left = Cluster.builder().named("left").start();
                Cluster right = Cluster.builder().named("right").start()) {
            left.client().create(ConfigMap.named("shared").data("side", "left").build());
            left.client()
                    .create(Pod.named("same")
                            .container("main", "any", c -> c.command("sleep", "1000"))
                            .build());

            awaitRunning(left, "same");
            assertThat(right.client().configMaps().find("shared")).isEmpty();
            assertThat(right.client().pods().list().items()).isEmpty();
            assertThat(left.id()).isNotEqualTo(right.id());
        }
    }

    @Test
    void theServiceOfTheApiIsThereAgainAfterItWasDeletedAndNotWrittenAtRest() {
        try (Cluster cluster =
                Cluster.builder().nodes(1).apiServer(ApiServer.onPort(0)).start()) {
            String slice = versionOfApiEndpoints(cluster);
            cluster.client().services().delete("kubernetes");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> cluster.client().services().find("kubernetes").isPresent());
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> versionOfApiEndpoints(cluster).equals(slice));
        }
    }

    private static String versionOfApiEndpoints(Cluster cluster) {
        return cluster.client()
                .resources(EndpointSlice.TYPE)
                .get("kubernetes")
                .metadata()
                .resourceVersion();
    }

    @Test
    void aClosedClusterLeavesNoThreadAndNoProcess() {
        Set<Long> before = children();
        Cluster cluster =
                Cluster.builder().named("leaver").apiServer(ApiServer.onPort(0)).start();
        cluster.client()
                .create(Pod.named("one")
                        .container("main", "any", c -> c.command("sleep", "1000"))
                        .build());
        awaitRunning(cluster, "one");
        cluster.close();
        cluster.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("orchestrator-leaver") || name.startsWith("apiserver"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(children()).isSubsetOf(before));
    }

    private static void awaitRunning(Cluster cluster, String pod) {
        cluster.client()
                .pods()
                .await(
                        pod,
                        found -> found.status().phase().equals(PodPhase.RUNNING),
                        pod + " to run",
                        Duration.ofSeconds(60));
    }

    private static Set<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
