package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On directories that stand for the kernel's: one that is in a file's place refuses what is written. */
class ControlGroupAmountsTest {
    private static final Path GROUP = Path.of("node", "container");
    private static final Resources AMOUNTS = new Resources(2048, 2000, 64L << 20, 0);

    @TempDir
    Path root;

    @Test
    void aGroupOfVersionOneGetsAllAmounts() throws IOException {
        ControlGroups groups = versionOne();
        Path memory = Files.createFile(memoryDirectory().resolve("memory.limit_in_bytes"));

        groups.set(GROUP, AMOUNTS);

        assertThat(memory).hasContent(String.valueOf(64L << 20));
        assertThat(cpuDirectory().resolve("cpu.shares")).hasContent("2048");
        assertThat(cpuDirectory().resolve("cpu.cfs_quota_us")).hasContent("200000");
    }

    @Test
    void whereTheKernelRefusesTheMemoryTheProcessorStaysAsItWas() throws IOException {
        ControlGroups groups = versionOne();
        Files.createDirectory(memoryDirectory().resolve("memory.limit_in_bytes"));

        assertThatThrownBy(() -> groups.set(GROUP, AMOUNTS)).isInstanceOf(IOException.class);

        assertThat(cpuDirectory().resolve("cpu.shares")).isEmptyFile();
        assertThat(cpuDirectory().resolve("cpu.cfs_quota_us")).isEmptyFile();
    }

    @Test
    void aGroupOfVersionTwoIsLeftAsItWasToo() throws IOException {
        Path own = Files.createDirectories(root.resolve("orchestrator").resolve(GROUP));
        for (Path above = own.getParent(); !above.equals(root.getParent()); above = above.getParent()) {
            Files.createFile(above.resolve("cgroup.subtree_control"));
        }
        Files.createFile(own.resolve("cpu.weight"));
        Files.createFile(own.resolve("cpu.max"));
        Files.createDirectory(own.resolve("memory.max"));

        assertThatThrownBy(() -> new ControlGroups(List.of(root), true).set(GROUP, AMOUNTS))
                .isInstanceOf(IOException.class);

        assertThat(own.resolve("cpu.weight")).isEmptyFile();
        assertThat(own.resolve("cpu.max")).isEmptyFile();
    }

    private ControlGroups versionOne() throws IOException {
        Path cpu = Files.createDirectories(cpuDirectory());
        for (String file : List.of("cpu.shares", "cpu.cfs_period_us", "cpu.cfs_quota_us")) {
            Files.createFile(cpu.resolve(file));
        }
        Files.createDirectories(memoryDirectory());
        return new ControlGroups(List.of(root.resolve("cpu"), root.resolve("memory")), false);
    }

    private Path cpuDirectory() {
        return root.resolve("cpu").resolve("orchestrator").resolve(GROUP);
    }

    private Path memoryDirectory() {
        return root.resolve("memory").resolve("orchestrator").resolve(GROUP);
    }
}
