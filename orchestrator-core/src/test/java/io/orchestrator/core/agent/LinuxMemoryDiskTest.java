package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinuxMemoryDiskTest {
    private static final int ONE_MEGABYTE = 1 << 20;

    @TempDir
    Path directory;

    private final MemoryDisk disk = LinuxMemoryDisk.ofThisMachine();

    @AfterEach
    void release() throws IOException {
        disk.release(directory);
    }

    @Test
    void holdsSoMuchAndNoMoreAndIsGoneWhenItIsReleased() throws IOException {
        Path volume = Files.createDirectories(directory.resolve("a folder/volume"));
        assumeTrue(disk.mount(volume, ONE_MEGABYTE), "this machine does not let us mount");
        assertThat(Files.getFileStore(volume).type()).isEqualTo("tmpfs");
        Files.write(volume.resolve("fits"), new byte[ONE_MEGABYTE / 2]);
        assertThat(disk.mount(volume, ONE_MEGABYTE)).as("twice is once").isTrue();
        assertThat(volume.resolve("fits")).exists();
        assertThatIOException()
                .isThrownBy(() -> Files.write(volume.resolve("too-much"), new byte[ONE_MEGABYTE]))
                .withMessageContaining("No space left");

        LinuxMemoryDisk.ofThisMachine().release(directory);
        assertThat(volume).as("as the next agent would find it").isEmptyDirectory();
        disk.release(directory);
    }

    @Test
    void whatElseIsMountedThereIsNotItsOwn() throws Exception {
        Path volume = Files.createDirectories(directory.resolve("volume"));
        assumeTrue(disk.mount(volume, ONE_MEGABYTE), "this machine does not let us mount");
        Path other = Files.createDirectories(directory.resolve("other"));
        Path processes = Path.of("/proc");
        assumeTrue(
                new ProcessBuilder("mount", "--bind", processes.toString(), other.toString())
                                .start()
                                .waitFor()
                        == 0,
                "this machine does not let us bind");
        try {
            assertThat(LinuxMemoryDisk.mounts(directory)).containsExactly(volume.toRealPath());
            disk.release(directory);
            assertThat(other.resolve("self")).exists();
        } finally {
            new ProcessBuilder("umount", other.toString()).start().waitFor();
        }
    }

    @Test
    void onePlaceThatStaysKeepsNoOtherOneFromGoing() throws IOException {
        Path volume = Files.createDirectories(directory.resolve("volume"));
        assumeTrue(disk.mount(volume, ONE_MEGABYTE), "this machine does not let us mount");
        Path none = Files.createDirectories(directory.resolve("none"));
        assertThatIOException()
                .isThrownBy(() -> LinuxMemoryDisk.unmount(List.of(none, volume)))
                .withMessageContaining(none.toString());
        assertThat(LinuxMemoryDisk.mounts(directory)).isEmpty();
    }
}
