package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.EmptyDirVolumeSourceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.core.agent.MemoryDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that ask for memory lie in it, also when that does not succeed at once. */
class MemoryVolumeSimTest {

    /** Of a machine that can be told to fail. */
    private static final class Disk implements MemoryDisk {
        private final List<Path> mounts = new ArrayList<>();
        private int failures;
        private boolean allowed = true;

        @Override
        public boolean mount(Path directory, long bytes) throws IOException {
            assertThat(directory).isEmptyDirectory();
            if (failures > 0) {
                failures--;
                throw new IOException("mount does not end");
            }
            if (allowed) {
                mounts.add(directory);
            }
            return allowed;
        }

        @Override
        public void release(Path directory) {
            mounts.removeIf(each -> each.startsWith(directory));
        }
    }

    @TempDir
    Path directory;

    private final Disk disk = new Disk();
    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.memory = disk;
        sim.restartAgent();
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private Path run() {
        Pod pod = sim.run(Pod.named("quick")
                .container("web", "web:1", c -> c.mount("scratch", "/scratch"))
                .spec(spec -> spec.volumes(List.of(VolumeBuilder.builder()
                        .name("scratch")
                        .emptyDir(EmptyDirVolumeSourceBuilder.builder()
                                .medium("Memory")
                                .build())
                        .build()))));
        return directory.resolve("pods").resolve(pod.metadata().uid()).resolve("volumes/scratch");
    }

    @Test
    void aVolumeThatCouldNotBeMountedAtFirstIsMountedBeforeThePodRuns() {
        disk.failures = 1;
        Path volume = run();
        sim.seconds(60);
        assertThat(sim.pod("quick").isReady()).isTrue();
        assertThat(disk.mounts).containsExactly(volume);
    }

    @Test
    void aVolumeIsMountedAgainAfterTheMachineWasStartedAgain() {
        Path volume = run();
        sim.seconds(5);
        disk.mounts.clear();
        sim.stopAgent();
        sim.engine.killSandboxes(sandbox -> true);
        sim.restartAgent();
        sim.seconds(60);
        assertThat(disk.mounts).containsExactly(volume);
    }

    @Test
    void whatLiesOnDiskIsNotHidden() throws IOException {
        disk.allowed = false;
        Path volume = run();
        sim.seconds(5);
        assertThat(sim.eventReasons("quick")).contains("MemoryVolumeOnDisk");
        Files.writeString(volume.resolve("row"), "kept");

        disk.allowed = true;
        sim.restartAgent();
        sim.engine.kill(container -> true, 137);
        sim.seconds(60);
        assertThat(disk.mounts).isEmpty();
        assertThat(volume.resolve("row")).hasContent("kept");
    }
}
