package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Propagation;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.runtime.ContainerRuntimeContract;
import io.orchestrator.testkit.runtime.RuntimePrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresDocker
class DockerRuntimeIT extends ContainerRuntimeContract {

    @Override
    protected RuntimeProvider open() {
        return DockerRuntime.local();
    }

    @Override
    protected RuntimePrograms programs() {
        return RuntimePrograms.busybox("busybox:1.36");
    }

    @Test
    void outputIsKeptToFiveFilesOfTenMegabytes() {
        ContainerSpec spec = run("logging", programs().runsForever());
        try (DockerEngine engine = DockerEngine.connect("")) {
            DockerClient docker = engine.client();
            String id = docker.listContainersCmd()
                    .withLabelFilter(Map.of(OwnerLabels.ID, spec.id()))
                    .exec()
                    .get(0)
                    .getId();
            assertThat(docker.inspectContainerCmd(id).exec().getHostConfig().getLogConfig())
                    .satisfies(log -> {
                        assertThat(log.getType().getType()).isEqualTo("json-file");
                        assertThat(log.getConfig()).isEqualTo(Map.of("max-size", "10m", "max-file", "5"));
                    });
        }
    }

    @Test
    void aCommandThatNobodyWaitsForAnyMoreEndsWithWhatItBegan() throws Exception {
        ContainerSpec spec = run("cut", programs().runsForever());
        ExecSession session = await(
                runtime.exec(spec.id(), ExecSpec.of("/bin/sh", "-c", "sleep 54321 & echo begun; exec sleep 54322")));
        assertThat(new String(session.stdout().readNBytes(6), StandardCharsets.UTF_8))
                .isEqualTo("begun\n");

        session.close();

        eventually("both have ended", () -> commandsIn(spec).noneMatch(command -> command.contains("sleep 5432")));
        assertThat(find(spec.id()).orElseThrow().phase()).isEqualTo(ContainerState.Phase.RUNNING);
    }

    @Test
    @RequiresRoot
    void mountsAreSeenAsFarAsTheyAreToBe(@TempDir Path directory) throws Exception {
        mount("-t", "tmpfs", "shared", directory.toString());
        try {
            mount("--make-rshared", directory.toString());
            ContainerSpec sees = withMount("sees", directory, Propagation.HOST_TO_CONTAINER);
            ContainerSpec blind = withMount("blind", directory, Propagation.NONE);
            ContainerSpec shows = withMount("shows", directory, Propagation.BIDIRECTIONAL, "SYS_ADMIN");

            assertThat(in(shows, "mkdir /data/late && mount -t tmpfs late /data/late && echo hello > /data/late/file"))
                    .isEmpty();

            assertThat(directory.resolve("late/file")).hasContent("hello");
            assertThat(in(sees, "cat /data/late/file")).isEqualTo("hello\n");
            assertThat(in(blind, "ls /data/late")).isEmpty();
        } finally {
            command("umount", "-R", directory.toString());
        }
    }

    /** @param capabilities what it takes to mount; not every engine can make a container privileged */
    private ContainerSpec withMount(String pod, Path path, Propagation propagation, String... capabilities) {
        PodIdentity identity = pod(pod);
        await(runtime.createSandbox(sandbox(identity, 0)));
        ContainerSpec plain = container(identity, "main", programs().runsForever());
        return start(new ContainerSpec(
                plain.id(),
                plain.sandboxId(),
                plain.targetId(),
                plain.pod(),
                plain.name(),
                plain.attempt(),
                plain.image(),
                plain.imageId(),
                plain.command(),
                plain.args(),
                plain.env(),
                plain.workingDir(),
                List.of(new ContainerSpec.Mount(path.toString(), "/data", false, propagation)),
                plain.resources(),
                new ContainerSpec.Security(
                        null, null, List.of(), false, false, true, List.of(capabilities), List.of(), ""),
                plain.tty(),
                plain.stdin(),
                plain.stdinOnce(),
                plain.stopSignal(),
                plain.labels(),
                plain.annotations()));
    }

    /** What a command in the container says. */
    private String in(ContainerSpec spec, String script) throws IOException {
        try (ExecSession session = await(runtime.exec(spec.id(), ExecSpec.of("/bin/sh", "-c", script + " 2>&1")))) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void mount(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("mount"));
        all.addAll(List.of(words));
        command(all.toArray(String[]::new));
    }

    private static void command(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    /** The command lines of a container's processes. */
    private Stream<String> commandsIn(ContainerSpec spec) {
        try (DockerEngine engine = DockerEngine.connect("")) {
            DockerClient docker = engine.client();
            String id = docker.listContainersCmd()
                    .withLabelFilter(Map.of(OwnerLabels.ID, spec.id()))
                    .exec()
                    .get(0)
                    .getId();
            return Stream.of(docker.topContainerCmd(id).exec().getProcesses()).map(row -> row[row.length - 1]);
        }
    }

    @Override
    protected void assertNothingLeft() {
        try (DockerEngine engine = DockerEngine.connect("")) {
            DockerClient docker = engine.client();
            Map<String, String> ours = Map.of(OwnerLabels.CLUSTER, owner.clusterId());
            assertThat(docker.listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(ours)
                            .exec())
                    .isEmpty();
            assertThat(docker.listNetworksCmd().exec())
                    .extracting(network -> network.getName())
                    .doesNotContain("orchestrator_" + owner.clusterId());
        }
        // Whoever closes tells the thread to end, and does not wait for a busy machine to let it.
        eventually(
                "its timer has ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("orchestrator-docker-timer")));
    }
}
