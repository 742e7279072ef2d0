package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods as processes of this machine, with a real gRPC server to ask after. */
@Timeout(300)
class ProcessPodsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static volatile boolean healthy;
    private static Cluster cluster;
    private static HealthServer server;

    @BeforeAll
    static void start() throws IOException {
        server = HealthServer.start(() -> healthy);
        cluster = Cluster.builder().named("processes").nodes(1).start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        server.close();
    }

    @Test
    void aGrpcServerIsReadyWhenItSaysThatItServes() {
        cluster.client()
                .create(Pod.named("grpc")
                        .container(
                                "main",
                                "any",
                                c -> c.command("sleep", "1000")
                                        .readinessProbe(probe -> probe.grpc(server.port())
                                                .every(Duration.ofSeconds(1))
                                                .timeout(Duration.ofSeconds(5))))
                        .build());
        until("grpc", pod -> pod.status().phase().equals(PodPhase.RUNNING));
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> !cluster.client().pods().get("grpc").isReady());

        healthy = true;
        until("grpc", Pod::isReady);
    }

    @Test
    void aProgramThatIsNotThereFailsAPodThatNeverRestarts() {
        cluster.client()
                .create(Pod.named("unknown")
                        .container("main", "any", c -> c.command("/no/such/program"))
                        .restartPolicy("Never")
                        .build());

        Pod pod = until("unknown", it -> it.status().phase().equals(PodPhase.FAILED));
        assertThat(pod.status().containerStatuses().get(0).state().terminated()).satisfies(end -> {
            assertThat(end.reason()).isEqualTo("StartError");
            assertThat(end.message()).contains("/no/such/program");
        });
    }

    @Test
    void aPodOfTheStandardRestrictedRunsAsItSays() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root runs processes as others");
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: restricted}
                spec:
                  restartPolicy: Never
                  securityContext:
                    runAsNonRoot: true
                    runAsUser: 4711
                    runAsGroup: 4712
                    fsGroup: 4713
                    supplementalGroups: [4714]
                    seccompProfile: {type: RuntimeDefault}
                  containers:
                  - name: main
                    image: any
                    command:
                    - sh
                    - -c
                    - >-
                      id -u; id -g; id -G; stat -c '%g %A' /orchestrator-v; echo x > /orchestrator-v/file; stat -c %g /orchestrator-v/file;
                      echo x > note && cat note; echo x > /tmp/orchestrator-none;
                      grep -E 'NoNewPrivs|Seccomp:|CapEff' /proc/self/status
                    securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                    volumeMounts: [{name: v, mountPath: /orchestrator-v}]
                  volumes: [{name: v, emptyDir: {}}]
                """);
        until("restricted", ProcessPodsIT::hasEnded);

        assertThat(cluster.client()
                        .pods()
                        .logText("restricted", PATIENCE)
                        .lines()
                        .toList())
                .startsWith("4711", "4712", "4712 4713 4714", "4713 drwxrwsrwx", "4713", "x")
                .anyMatch(line -> line.contains("Read-only file system"))
                .endsWith("CapEff:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2");
    }

    @Test
    void whatProcessesCannotBeGivenIsRefusedInWords() {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: published}
                spec:
                  containers:
                  - {name: main, image: any, command: [sleep, "1000"], ports: [{containerPort: 80, hostPort: 8123}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: profiled}
                spec:
                  containers:
                  - name: main
                    image: any
                    command: [sleep, "1000"]
                    securityContext: {seccompProfile: {type: Localhost, localhostProfile: none.json}}
                """);

        until("profiled", pod -> waitsFor(pod, "CreateContainerConfigError", "none.json"));
        until("published", pod -> !pod.status().phase().equals(PodPhase.RUNNING));
        await().atMost(PATIENCE)
                .until(() -> cluster.client().resources(Event.TYPE).list().items().stream()
                        .anyMatch(event -> event.involvedObject().name().equals("published")
                                && event.message().contains("cannot publish host ports")));
    }

    @Test
    void theOutputOfTheAttemptBeforeIsKept() throws Exception {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: twice}
                spec:
                  containers:
                  - {name: main, image: any, command: [sh, -c, 'echo of process $$$$; sleep 1; exit 3']}
                """);
        until("twice", pod -> pod.status().containerStatuses().stream().anyMatch(each -> each.restartCount() >= 1));
        String before = text(cluster.client().pods().previousLogs("twice", "main", LogQuery.all()));
        String now = await().atMost(PATIENCE)
                .until(
                        () -> text(cluster.client().pods().logs("twice", "main", LogQuery.all())),
                        said -> said.startsWith("of process "));

        assertThat(before).startsWith("of process ").isNotEqualTo(now);
        cluster.client().pods().delete("twice");
    }

    private static String text(CompletionStage<LogStream> stage) throws Exception {
        try (LogStream stream = stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            StringBuilder all = new StringBuilder();
            for (byte[] piece = stream.read(); piece != null; piece = stream.read()) {
                all.append(new String(piece, StandardCharsets.UTF_8));
            }
            return all.toString();
        }
    }

    private static void create(String manifests) {
        Manifests.builtIn().read(manifests).forEach(each -> cluster.client().create(each));
    }

    private static boolean hasEnded(Pod pod) {
        return pod.status().phase().equals(PodPhase.SUCCEEDED)
                || pod.status().phase().equals(PodPhase.FAILED);
    }

    private static boolean waitsFor(Pod pod, String reason, String words) {
        return pod.status().containerStatuses().stream()
                .map(status -> status.state().waiting())
                .anyMatch(waiting -> waiting != null
                        && waiting.reason().equals(reason)
                        && waiting.message().contains(words));
    }

    private static Pod until(String name, Predicate<Pod> holds) {
        return await("pod " + name)
                .atMost(PATIENCE)
                .until(() -> cluster.client().pods().get(name), holds);
    }
}
