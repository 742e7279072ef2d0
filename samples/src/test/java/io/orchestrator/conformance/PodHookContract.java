package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.PATIENCE;
import static io.orchestrator.conformance.PodCluster.pod;
import static io.orchestrator.conformance.PodCluster.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What happens beside what really runs: as it begins, before it ends, and while it runs. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodHookContract {
    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    @BeforeAll
    final void start() {
        pods = open("hooks");
        pods.create(pod("handler", """
                containers: [{name: main, image: "busybox:1.36", command: [%s, -f, -vv, -p, '8080', -h, .]}]
                """.formatted(pods.tool("httpd")), "Always"));
        pods.create(pod("joined", """
                containers: [{name: main, image: "busybox:1.36", command: [sleep, '600']}]
                """, "Always"));
        pods.create(pod("prepared", """
                initContainers:
                - {name: one, image: "busybox:1.36", command: ['true']}
                - {name: two, image: "busybox:1.36", command: ['true']}
                containers: [{name: main, image: "busybox:1.36", command: [sleep, '600']}]
                """, "Always"));
        String handler = pods.running("handler").status().podIP();
        pods.create(pod("hooked", """
                containers:
                - name: exec
                  image: busybox:1.36
                  command: [sh, -c, 'trap "exit 0" TERM; sleep 600 & wait']
                  lifecycle:
                    postStart: {exec: {command: [sh, -c, '%2$s -q -O- http://%1$s:8080/poststart-exec; true']}}
                    preStop: {exec: {command: [sh, -c, '%2$s -q -O- http://%1$s:8080/prestop-exec; true']}}
                - name: http
                  image: busybox:1.36
                  command: [sh, -c, 'trap "exit 0" TERM; sleep 600 & wait']
                  lifecycle:
                    postStart: {httpGet: {host: %1$s, port: 8080, path: /poststart-http}}
                    preStop: {httpGet: {host: %1$s, port: 8080, path: /prestop-http}}
                """.formatted(handler, pods.tool("wget")), "Always")
                .replace("terminationGracePeriodSeconds: 1", "terminationGracePeriodSeconds: 30"));
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    private boolean wasAsked(String path) {
        return pods.log("handler", "main").stream().anyMatch(line -> line.contains(path));
    }

    @Test
    @Conformance({
        "[sig-node] Container Lifecycle Hook should execute poststart exec hook properly",
        "[sig-node] Container Lifecycle Hook should execute poststart http hook properly",
        "[sig-node] Container Lifecycle Hook should execute prestop exec hook properly",
        "[sig-node] Container Lifecycle Hook should execute prestop http hook properly",
        "[sig-node] PreStop should call prestop when killing a pod"
    })
    void hooksRunAfterTheBeginAndBeforeTheEnd() {
        // The handler has no such pages: whatever it answers, it has been told.
        await().atMost(PATIENCE).until(() -> wasAsked("/poststart-exec") && wasAsked("/poststart-http"));
        pods.client().pods().awaitRunning("hooked", PATIENCE);
        assertThat(wasAsked("/prestop")).isFalse();
        pods.client().pods().delete("hooked");
        pods.client().pods().awaitGone("hooked", PATIENCE);
        await().atMost(PATIENCE).until(() -> wasAsked("/prestop-exec") && wasAsked("/prestop-http"));
    }

    @Test
    @Conformance("[sig-node] InitContainer should invoke init containers on a RestartAlways pod")
    void aPodThatRunsForeverIsPreparedFirst() {
        Pod pod = pods.client().pods().awaitReady("prepared", PATIENCE);
        assertThat(pod.status().initContainerStatuses())
                .hasSize(2)
                .allMatch(status -> status.ready() && status.state().terminated() != null);
        assertThat(pod.status().conditions())
                .anyMatch(condition -> condition.type().equals("Initialized")
                        && condition.status().equals("True"));
    }

    @Test
    @Conformance({
        "[sig-node] Ephemeral Containers will start an ephemeral container in an existing pod",
        "[sig-node] Ephemeral Containers should update the ephemeral containers in an existing pod"
    })
    void containersJoinAPodThatRuns() {
        pods.running("joined");
        String path = "/api/v1/namespaces/default/pods/joined/ephemeralcontainers";
        HttpCluster.Answer patched = pods.http().patch(path, HttpCluster.STRATEGIC, """
                spec:
                  ephemeralContainers:
                  - name: debugger
                    image: busybox:1.36
                    command: [sh, -c, 'while true; do echo polo; sleep 1; done']
                """);
        patched.mustBe(200);
        pods.client()
                .pods()
                .await("joined", pod -> status(pod, "debugger").state().running() != null, "the debugger", PATIENCE);
        await().atMost(PATIENCE).until(() -> pods.log("joined", "debugger").contains("polo"));

        ObjectNode tree = (ObjectNode)
                pods.http().get("/api/v1/namespaces/default/pods/joined").json();
        tree.withArray("/spec/ephemeralContainers")
                .addObject()
                .put("name", "second")
                .put("image", "busybox:1.36")
                .putArray("command")
                .add("true");
        pods.http().put(path, tree).mustBe(200);
        Pod pod = pods.client()
                .pods()
                .await("joined", each -> status(each, "second").state().terminated() != null, "the second", PATIENCE);
        assertThat(pod.spec().ephemeralContainers())
                .extracting(EphemeralContainer::name)
                .isEqualTo(List.of("debugger", "second"));
    }
}
