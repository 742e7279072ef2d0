package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.runtime.ContainerRuntimeContract;
import io.orchestrator.testkit.runtime.RuntimePrograms;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
