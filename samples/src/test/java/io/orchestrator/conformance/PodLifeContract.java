package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.PATIENCE;
import static io.orchestrator.conformance.PodCluster.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The life of pods on what really runs as their objects tell it, over HTTPS. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodLifeContract {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private PodCluster pods;
    private HttpCluster http;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    @BeforeAll
    final void start() {
        pods = open("lives");
        http = pods.http();
        for (String name : List.of("watched", "changed", "limited", "patched", "told")) {
            pods.create(pod(
                    name,
                    "labels: {name: " + name + ", time: before}",
                    "containers: [{name: main, image: 'busybox:1.36', command: [sh, -c, \"trap 'exit 0' TERM; echo container is alive; sleep 600 & wait\"]}]",
                    "Always"));
        }
        for (int i = 1; i <= 3; i++) {
            pods.create(pod(
                    "collected-" + i,
                    "labels: {type: Testing}",
                    "containers: [{name: main, image: 'busybox:1.36', command: [sh, -c, \"trap 'exit 0' TERM; sleep 600 & wait\"]}]",
                    "Always"));
        }
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    @Conformance("[sig-node] Pods should be submitted and removed")
    void aPodIsSeenToComeAndToGo() {
        pods.running("watched");
        JsonNode list =
                http.get(PODS + "?labelSelector=name%3Dwatched").mustBe(200).json();
        assertThat(list.path("items")).hasSize(1);
        String version = list.at("/metadata/resourceVersion").asText();
        try (Events events = http.watch(PODS + "?labelSelector=name%3Dwatched&resourceVersion=" + version)) {
            http.write("DELETE", PODS + "/watched", "application/json", "{gracePeriodSeconds: 20}")
                    .mustBe(200);
            List<JsonNode> seen =
                    events.until(event -> event.path("type").asText().equals("DELETED"));
            assertThat(seen).anySatisfy(event -> {
                assertThat(event.path("type").asText()).isEqualTo("MODIFIED");
                assertThat(event.at("/object/metadata/deletionTimestamp").asText())
                        .isNotEmpty();
                assertThat(event.at("/object/metadata/deletionGracePeriodSeconds")
                                .asInt())
                        .isEqualTo(20);
            });
        }
        assertThat(http.get(PODS + "?labelSelector=name%3Dwatched").json().path("items"))
                .isEmpty();
    }

    @Test
    @Conformance("[sig-node] Pods should be updated")
    void theLabelsOfAPodThatRunsCanBeChanged() {
        Pod before = pods.running("changed");
        await().atMost(PATIENCE).until(() -> {
            ObjectNode pod = (ObjectNode) http.get(PODS + "/changed").json();
            ((ObjectNode) pod.at("/metadata/labels")).put("time", "after");
            return http.put(PODS + "/changed", pod).code() == 200;
        });
        assertThat(http.get(PODS + "?labelSelector=time%3Dafter")
                        .json()
                        .at("/items/0/metadata/uid")
                        .asText())
                .isEqualTo(before.metadata().uid());
        assertThat(pods.running("changed").status().containerStatuses()).allMatch(status -> status.restartCount() == 0);
    }

    @Test
    @Conformance("[sig-node] Pods should allow activeDeadlineSeconds to be updated")
    void aPodThatRunsCanBeGivenADeadline() {
        pods.running("limited");
        http.patch(PODS + "/limited", HttpCluster.MERGE, "{spec: {activeDeadlineSeconds: 1}}")
                .mustBe(200);
        assertThat(pods.ended("limited").status().reason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    @Conformance("[sig-node] Pods should delete a collection of pods")
    void podsAreDeletedTogether() {
        for (int i = 1; i <= 3; i++) {
            pods.running("collected-" + i);
        }
        http.write("DELETE", PODS + "?labelSelector=type%3DTesting", "application/json", "{gracePeriodSeconds: 1}")
                .mustBe(200);
        for (int i = 1; i <= 3; i++) {
            pods.client().pods().awaitGone("collected-" + i, PATIENCE);
        }
    }

    @Test
    @Conformance({
        "[sig-node] Pods should patch a pod status",
        "[sig-node] Pods should run through the lifecycle of Pods and PodStatus"
    })
    void aPodAndItsStatusAreChangedApart() {
        Pod before = pods.running("patched");
        JsonNode told = http.patch(
                        PODS + "/patched/status",
                        HttpCluster.STRATEGIC,
                        "{metadata: {annotations: {status: patched}}, status: {message: Patched by a test, reason: E2E}}")
                .mustBe(200)
                .json();
        assertThat(told.at("/status/message").asText()).isEqualTo("Patched by a test");
        assertThat(told.at("/status/reason").asText()).isEqualTo("E2E");

        http.patch(PODS + "/patched", HttpCluster.STRATEGIC, "{metadata: {labels: {time: patched}}}")
                .mustBe(200);
        JsonNode[] replaced = new JsonNode[1];
        await().atMost(PATIENCE).until(() -> {
            ObjectNode pod =
                    (ObjectNode) http.get(PODS + "/patched/status").mustBe(200).json();
            for (JsonNode condition : pod.at("/status/conditions")) {
                if (condition.path("type").asText().equals("Ready")) {
                    ((ObjectNode) condition).put("status", "False");
                }
            }
            HttpCluster.Answer answer = http.put(PODS + "/patched/status", pod);
            replaced[0] = answer.json();
            return answer.code() == 200;
        });
        assertThat(replaced[0].at("/status/conditions"))
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("False"));
        assertThat(replaced[0].at("/metadata/labels/time").asText()).isEqualTo("patched");
        assertThat(replaced[0].at("/metadata/uid").asText())
                .isEqualTo(before.metadata().uid());
        http.delete(PODS + "/patched").mustBe(200);
        pods.client().pods().awaitGone("patched", PATIENCE);
    }

    @Test
    @Conformance(
            "[sig-node] Pods Extended Pods Set QOS Class should be set on Pods with matching resource requests and limits for"
                    + " memory and cpu")
    void aPodWhoseLimitsAreItsRequestsIsGuaranteedThem() {
        pods.create(pod("guaranteed", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sleep, '600']
                  resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 100m, memory: 64Mi}}
                """));
        assertThat(http.get(PODS + "/guaranteed").json().at("/status/qosClass").asText())
                .isEqualTo("Guaranteed");
        assertThat(pods.running("guaranteed").status().qosClass()).isEqualTo("Guaranteed");
    }

    @Test
    @Conformance("[sig-node] Pods should support remote command execution over websockets")
    void commandsRunOverAWebSocket() {
        pods.running("told");
        Heard heard = Heard.all(
                http,
                PODS + "/told/exec?command=echo&command=remote+execution+test&stdout=1&stderr=1&container=main",
                "channel.k8s.io");
        assertThat(heard.channel(1)).isEqualTo("remote execution test\n");
        assertThat(heard.channel(2)).isEmpty();
    }

    @Test
    @Conformance("[sig-node] Pods should support retrieving logs from the container over websockets")
    void logsAreReadOverAWebSocket() {
        pods.running("told");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Heard.all(http, PODS + "/told/log?container=main", "binary.k8s.io")
                                .text())
                        .isEqualTo("container is alive\n"));
    }
}
