package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.core.agent.LinuxSubPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program is killed with -9 and started again on what it had: the objects are the same, and so are the pods, down to
 * their containers. The same on every runtime.
 */
@Timeout(240)
abstract class RestartContract {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Of what runs a program for each try. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** One that is shown a part of its volume, which the agent holds where root runs it. */
    private static final String PART = """
            apiVersion: v1
            kind: Pod
            metadata: {name: part}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: %s
                command: [sh, -c, "trap 'exit 0' TERM; echo kept > /part/file; sleep 3600 & wait"]
                volumeMounts: [{name: data, mountPath: /part, subPath: a/b}]
              volumes: [{name: data, emptyDir: {}}]
            """;

    private static final String PODS =
            "jsonpath={range .items[*]}{.metadata.uid} {..containerID} {..restartCount} {.status.podIP}{'\\n'}{end}";

    @TempDir
    Path folder;

    /** As {@code --runtime} has it. */
    abstract String runtime();

    abstract String image();

    /** What runs of the cluster on this machine, each by a name of its own. @param pods as they are told of */
    abstract Set<String> running(String pods) throws Exception;

    /** Ends what runs, where the test was cut short. */
    abstract void cleanUp() throws Exception;

    @AfterEach
    void close() throws Exception {
        cleanUp();
    }

    @Test
    void onADirectoryTheSamePodsRunOnUnderTheSameObjects() throws Exception {
        killAndStartAgain("--store", "dir:" + folder.resolve("state"));
    }

    /** @param store the options that say where the state is kept */
    final void killAndStartAgain(String... store) throws Exception {
        List<String> options = new ArrayList<>(List.of("--runtime", runtime(), "--nodes", "1"));
        options.addAll(List.of(store));
        String[] words = options.toArray(String[]::new);
        String pods;
        String deployment;
        Set<String> running;
        List<Path> held;
        try (Launched first = Launched.up(folder, words)) {
            Kubectl kubectl = first.untilItSays("try: kubectl").kubectl(folder);
            kubectl.run(
                    "create",
                    "deployment",
                    "sleepers",
                    "--image=" + image(),
                    "--replicas=2",
                    "--",
                    "sh",
                    "-c",
                    "trap 'exit 0' TERM; sleep 3600 & echo begun; wait");
            Path part = Files.writeString(folder.resolve("part.yaml"), PART.formatted(image()));
            kubectl.run("create", "-f", part.toString());
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=150s");
            kubectl.run("wait", "--for=condition=Ready", "pod/part", "--timeout=150s");
            held = LinuxSubPaths.places(folder);
            assertThat(held).hasSize(System.getProperty("user.name").equals("root") ? 1 : 0);
            pods = pods(kubectl);
            deployment = kubectl.run("get", "deployment", "sleepers", "-o", "jsonpath={.metadata.uid}");
            assertThat(pods).hasLineCount(3);
            await().atMost(PATIENCE)
                    .pollInterval(BETWEEN_TRIES)
                    .untilAsserted(() -> assertThat(kubectl.run("logs", "-l", "app=sleepers"))
                            .isEqualTo("begun\nbegun\n"));
            running = running(pods);
        }
        assertThat(running(pods)).as("while nobody is there").isEqualTo(running);
        assertThat(LinuxSubPaths.places(folder)).isEqualTo(held);
        long began = System.nanoTime();
        try (Launched second = Launched.up(folder, words)) {
            Kubectl kubectl = second.untilItSays("try: kubectl").kubectl(folder);
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=150s");
            System.out.printf(
                    "%s on %s: up again with all pods ready after %d ms%n",
                    runtime(), store[1].substring(0, 4), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            assertThat(kubectl.run("get", "deployment", "sleepers", "-o", "jsonpath={.metadata.uid}"))
                    .isEqualTo(deployment);
            assertThat(pods(kubectl)).isEqualTo(pods);
            assertThat(running(pods)).isEqualTo(running);

            kubectl.run("scale", "deployment/sleepers", "--replicas=3");
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=150s");
            assertThat(pods(kubectl)).hasLineCount(4);
            kubectl.run("delete", "deployment", "sleepers");
            kubectl.run("delete", "pod", "part");
            await().atMost(PATIENCE)
                    .pollInterval(BETWEEN_TRIES)
                    .untilAsserted(() -> assertThat(kubectl.run("get", "pods")).contains("No resources found"));
            assertThat(second.terminate()).isZero();
        }
        assertThat(running(pods)).as("when all is over").isEmpty();
        assertThat(LinuxSubPaths.places(folder)).isEmpty();
    }

    private static String pods(Kubectl kubectl) throws Exception {
        return kubectl.run("get", "pods", "--sort-by=.metadata.name", "-o", PODS);
    }
}
