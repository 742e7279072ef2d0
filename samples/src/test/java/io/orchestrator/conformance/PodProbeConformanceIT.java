package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.PATIENCE;
import static io.orchestrator.conformance.PodCluster.pod;
import static io.orchestrator.conformance.PodCluster.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Probes of real containers: those that go well leave them alone, those that fail have them begun anew. They start together.
 * {@code -Dorchestrator.conformance.restarts=5} watches as many restarts as Kubernetes' own test, which takes minutes.
 */
@RequiresDocker
@Timeout(600)
class PodProbeConformanceIT {
    private static final int RESTARTS = Integer.getInteger("orchestrator.conformance.restarts", 2);
    /** So many times are the healthy asked before it is believed that they are left alone. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(12);

    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final byte[] SERVING = {1 << 3, 1};
    private static final List<Integer> RESTARTS_SEEN = new CopyOnWriteArrayList<>();

    private static PodCluster pods;
    private static Server health;
    private static Watch watch;

    @BeforeAll
    static void start() throws IOException {
        health = healthServer();
        pods = PodCluster.ofContainers("probes");
        pods.create(pod("falls", """
                containers:
                - name: exec
                  image: busybox:1.36
                  command: [sh, -c, 'echo ok > /tmp/health; sleep 2; rm /tmp/health; exec sleep 600']
                  livenessProbe: {exec: {command: [cat, /tmp/health]}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1}
                - name: http
                  image: busybox:1.36
                  command: [sh, -c, 'mkdir /www; echo ok > /www/healthz; httpd -p 8080 -h /www; sleep 2; rm /www/healthz; exec sleep 600']
                  livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1}
                - name: grpc
                  image: busybox:1.36
                  command: [sleep, '600']
                  livenessProbe: {grpc: {port: 2333}, initialDelaySeconds: 2, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1}
                """, "Always"));
        // the service of health is this test's, where the pod reaches it through its gateway
        pods.create(pod("stays", """
                containers:
                - name: exec
                  image: busybox:1.36
                  command: [sh, -c, 'echo ok > /tmp/health; exec sleep 600']
                  livenessProbe: {exec: {command: [cat, /tmp/health]}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 10}
                - name: http
                  image: busybox:1.36
                  command: [sh, -c, 'mkdir /www; echo ok > /www/healthz; exec httpd -f -p 8080 -h /www']
                  livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 10}
                - name: tcp
                  image: busybox:1.36
                  command: [httpd, -f, -p, '8081', -h, /tmp]
                  livenessProbe: {tcpSocket: {port: 8081}, initialDelaySeconds: 1, periodSeconds: 1, timeoutSeconds: 10}
                - name: grpc
                  image: busybox:1.36
                  command: [sh, -c, 'exec nc -ll -p 5000 -e nc $(ip route | sed -n "s/^default via \\([0-9.]*\\).*/\\1/p") %d']
                  livenessProbe: {grpc: {port: 5000}, initialDelaySeconds: 2, periodSeconds: 1, timeoutSeconds: 10}
                """.formatted(health.getPort()), "Always"));
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
    private static final class Restarts implements WatchListener<Pod> {
        @Override
        public void onEvent(WatchEvent<Pod> event) {
            RESTARTS_SEEN.add(status(event.object(), "exec").restartCount());
        }

        @Override
        public void onClosed(ApiException cause) {
            // What it had not seen by then fails the test by itself.
        }
    }

    private static Server healthServer() throws IOException {
        MethodDescriptor<byte[], byte[]> check = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(new Plain())
                .setResponseMarshaller(new Plain())
                .build();
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(check, ServerCalls.<byte[], byte[]>asyncUnaryCall((request, answer) -> {
                            answer.onNext(SERVING);
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    /** Messages as they are. */
    private static final class Plain implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @AfterAll
    static void stop() {
        if (watch != null) {
            watch.close();
        }
        if (pods != null) {
            pods.close();
        }
        health.shutdownNow();
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
        await().atMost(PATIENCE).until(() -> RESTARTS_SEEN.contains(RESTARTS));
        assertThat(RESTARTS_SEEN).isSorted();
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
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(since.plus(LEFT_ALONE)));
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
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(since.plus(LEFT_ALONE)));
        Pod pod = pods.client().pods().get("never");
        assertThat(status(pod, "main").ready()).isFalse();
        assertThat(status(pod, "main").restartCount()).isZero();
        assertThat(pod.isReady()).isFalse();
    }
}
