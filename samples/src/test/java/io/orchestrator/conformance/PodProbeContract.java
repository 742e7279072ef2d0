package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.PATIENCE;
import static io.orchestrator.conformance.PodCluster.pod;
import static io.orchestrator.conformance.PodCluster.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.samples.embed.HealthServer;
import io.orchestrator.testkit.junit.Conformance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Probes of what really runs: those that go well leave them alone, those that fail have them begun anew. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
abstract class PodProbeContract {
    private static final Duration DELAY = Duration.ofSeconds(5);
    private final List<Integer> restartsSeen = new CopyOnWriteArrayList<>();

    private PodCluster pods;
    private HealthServer health;
    private Watch watch;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    /** So many restarts are watched. */
    abstract int restarts();

    /** How long the healthy, who are asked each second, are watched before it is believed that they are left alone. */
    abstract Duration leftAlone();

    /** What a container runs at whose {@link #healthPort} this test's service of health, which listens here, is to be found. */
    abstract String forwarding(int port);

    abstract int healthPort(int port);

    @BeforeAll
    final void start() throws IOException {
        health = HealthServer.start(() -> true);
        pods = open("probes");
        String httpd = pods.tool("httpd");
        pods.create(pod("falls", """
                containers:
                - name: exec
                  image: busybox:1.36
                  command: [sh, -c, 'echo ok > health; sleep 2; rm health; exec sleep 600']
                  livenessProbe: {exec: {command: [cat, health]}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1}
                - name: http
                  image: busybox:1.36
                  command: [sh, -c, 'mkdir www; echo ok > www/healthz; %1$s -f -p 8080 -h www & sleep 2; rm www/healthz; exec sleep 600']
                  livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1}
                - name: grpc
                  image: busybox:1.36
                  command: [sleep, '600']
                  livenessProbe: {grpc: {port: 2333}, initialDelaySeconds: 2, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1}
                """.formatted(httpd), "Always"));
        pods.create(pod("stays", """
                containers:
                - name: exec
                  image: busybox:1.36
                  command: [sh, -c, 'echo ok > health; exec sleep 600']
                  livenessProbe: {exec: {command: [cat, health]}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 10}
                - name: http
                  image: busybox:1.36
                  command: [sh, -c, 'mkdir www; echo ok > www/healthz; exec %1$s -f -p 8080 -h www']
                  livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 10}
                - name: tcp
                  image: busybox:1.36
                  command: [%1$s, -f, -p, '8081', -h, .]
                  livenessProbe: {tcpSocket: {port: 8081}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 10}
                - name: grpc
                  image: busybox:1.36
                  command: %2$s
                  livenessProbe: {grpc: {port: %3$d}, initialDelaySeconds: 2, periodSeconds: 1, timeoutSeconds: 10}
                """.formatted(httpd, forwarding(health.port()), healthPort(health.port())), "Always"));
        pods.create(pod("late", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sleep, '600']
                  readinessProbe: {exec: {command: ['true']}, initialDelaySeconds: %d, periodSeconds: 1, timeoutSeconds: 10}
                """.formatted(DELAY.toSeconds()), "Always"));
        pods.create(pod("never", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sleep, '600']
                  readinessProbe: {exec: {command: ['false']}, periodSeconds: 1, timeoutSeconds: 10}
                """, "Always"));
        watch = pods.client().pods().watch(ListOptions.all().fields("metadata.name=falls"), new Restarts());
    }

    /** Hears of each state in which the pod was. */
    private final class Restarts implements WatchListener<Pod> {
        @Override
        public void onEvent(WatchEvent<Pod> event) {
            restartsSeen.add(status(event.object(), "exec").restartCount());
        }

        @Override
        public void onClosed(ApiException cause) {
            // What it had not seen by then fails the test by itself.
        }
    }

    @AfterAll
    final void stop() {
        if (watch != null) {
            watch.close();
        }
        if (pods != null) {
            pods.close();
        }
        health.close();
    }

    @Test
    @Conformance({
        "[sig-node] Probing container should be restarted with a exec \"cat /tmp/health\" liveness probe",
        "[sig-node] Probing container should be restarted with a /healthz http liveness probe",
        "[sig-node] Probing container should be restarted with a GRPC liveness probe"
    })
    void aContainerWhoseLivenessFailsIsBegunAnew() {
        pods.client()
                .pods()
                .await(
                        "falls",
                        pod -> List.of("exec", "http", "grpc").stream()
                                .allMatch(name -> status(pod, name).restartCount() >= 1),
                        "each of them to restart",
                        PATIENCE);
    }

    @Test
    @Conformance("[sig-node] Probing container should have monotonically increasing restart count")
    void theCountOfRestartsNeverFalls() {
        await().atMost(PATIENCE).until(() -> restartsSeen.contains(restarts()));
        assertThat(restartsSeen).isSorted();
    }

    @Test
    @Conformance({
        "[sig-node] Probing container should *not* be restarted with a exec \"cat /tmp/health\" liveness probe",
        "[sig-node] Probing container should *not* be restarted with a /healthz http liveness probe",
        "[sig-node] Probing container should *not* be restarted with a tcp:8080 liveness probe",
        "[sig-node] Probing container should *not* be restarted with a GRPC liveness probe"
    })
    void aContainerThatIsWellIsLeftAlone() {
        Instant since = pods.client()
                .pods()
                .awaitReady("stays", PATIENCE)
                .status()
                .startTime()
                .instant();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(since.plus(leftAlone())));
        assertThat(pods.client().pods().get("stays").status().containerStatuses())
                .hasSize(4)
                .allMatch(ContainerStatus::ready)
                .allMatch(status -> status.restartCount() == 0);
    }

    @Test
    @Conformance(
            "[sig-node] Probing container with readiness probe should not be ready before initial delay and never restart")
    void aContainerIsNotReadyBeforeItsProbeBegins() {
        Pod pod = pods.client().pods().awaitReady("late", PATIENCE);
        Instant ready = pod.status().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(PodCondition::lastTransitionTime)
                .findFirst()
                .orElseThrow()
                .instant();
        Instant began = status(pod, "main").state().running().startedAt().instant();
        // both are whole seconds
        assertThat(Duration.between(began, ready)).isGreaterThanOrEqualTo(DELAY.minusSeconds(1));
        assertThat(status(pod, "main").restartCount()).isZero();
    }

    @Test
    @Conformance("[sig-node] Probing container with readiness probe that fails should never be ready and never restart")
    void aContainerWhoseReadinessFailsIsLeftAsItIs() {
        Instant since = pods.running("never").status().startTime().instant();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(since.plus(leftAlone())));
        Pod pod = pods.client().pods().get("never");
        assertThat(status(pod, "main").ready()).isFalse();
        assertThat(status(pod, "main").restartCount()).isZero();
        assertThat(pod.isReady()).isFalse();
    }
}
