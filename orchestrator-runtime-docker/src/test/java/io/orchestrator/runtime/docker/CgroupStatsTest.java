package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.ContainerStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's files as they lie on machines with either version of its interface, and with both. */
class CgroupStatsTest {
    private static final String ID = "4f0c2f0f6e3b4f1a9f7c0a8e2d1b5c6a7988aabbccddeeff0011223344556677";
    private static final Instant NOW = Instant.EPOCH;

    @TempDir
    private Path folder;

    private void file(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, java.util.List.of(lines));
    }

    private Optional<CgroupStats> found() {
        return CgroupStats.of(ID, folder.resolve("membership"), folder.resolve("fs"));
    }

    private void unified(String group) throws IOException {
        file("fs/" + group + "/cpu.stat", "usage_usec 1500000", "user_usec 1000000", "system_usec 500000");
        file("fs/" + group + "/memory.current", "73400320");
        file("fs/" + group + "/memory.stat", "anon 41943040", "file 31457280", "inactive_file 20971520");
    }

    private static void assertReads(Optional<CgroupStats> found, long cpuNanos, long memory) {
        ContainerStats stats = found.flatMap(files -> files.read(NOW)).orElseThrow();
        assertThat(stats.cpuNanos()).isEqualTo(cpuNanos);
        assertThat(stats.memoryWorkingSetBytes()).isEqualTo(memory);
    }

    @Test
    void versionTwoUnderSystemd() throws IOException {
        file("membership", "0::/system.slice/docker-" + ID + ".scope");
        unified("system.slice/docker-" + ID + ".scope");
        assertReads(found(), 1_500_000_000L, 52_428_800);
    }

    @Test
    void versionTwoWithoutSystemdAndBelowAPodsParent() throws IOException {
        file("membership", "0::/docker/" + ID);
        unified("docker/" + ID);
        assertReads(found(), 1_500_000_000L, 52_428_800);
    }

    @Test
    void aFirstProcessThatWentIntoAGroupOfItsOwnIsCountedWithAllOfItsContainer() throws IOException {
        file("membership", "0::/docker/" + ID + "/init");
        unified("docker/" + ID);
        file("fs/docker/" + ID + "/init/cpu.stat", "usage_usec 1");
        file("fs/docker/" + ID + "/init/memory.current", "1");
        assertReads(found(), 1_500_000_000L, 52_428_800);
    }

    @Test
    void versionOne() throws IOException {
        file("membership", "5:memory:/docker/" + ID, "4:cpu,cpuacct:/docker/" + ID, "1:name=systemd:/docker/" + ID);
        separate("cpu,cpuacct");
        assertReads(found(), 2_500_000_000L, 30_000_000);
    }

    @Test
    void versionOneWithTheControllerUnderItsOwnName() throws IOException {
        file("membership", "5:memory:/docker/" + ID, "4:cpuacct,cpu:/docker/" + ID);
        separate("cpuacct");
        assertReads(found(), 2_500_000_000L, 30_000_000);
    }

    @Test
    void versionOneBesideAnEmptyVersionTwo() throws IOException {
        file(
                "membership",
                "5:memory:/docker/" + ID,
                "4:cpu,cpuacct:/docker/" + ID,
                "0::/system.slice/docker-" + ID + ".scope");
        separate("cpu,cpuacct");
        assertReads(found(), 2_500_000_000L, 30_000_000);
    }

    private void separate(String controller) throws IOException {
        file("fs/" + controller + "/docker/" + ID + "/cpuacct.usage", "2500000000");
        file("fs/memory/docker/" + ID + "/memory.usage_in_bytes", "50000000");
        file("fs/memory/docker/" + ID + "/memory.stat", "inactive_file 1", "total_inactive_file 20000000");
    }

    /** Seen from within a container, the root has files of its own, which are those of that container. */
    @Test
    void anotherProcessOfTheSameNumberOnThisMachineIsNotTakenForIt() throws IOException {
        file("membership", "0::/");
        file("fs/cpu.stat", "usage_usec 1");
        file("fs/memory.current", "1");
        assertThat(found()).isEmpty();
    }

    @Test
    void anEngineThatIsElsewhereIsAsked() {
        assertThat(found()).isEmpty();
    }

    @Test
    void aContainerThatHasEndedHasNone() throws IOException {
        file("membership", "0::/docker/" + ID);
        unified("docker/" + ID);
        CgroupStats files = found().orElseThrow();
        Files.delete(folder.resolve("fs/docker/" + ID + "/memory.current"));
        assertThat(files.read(NOW)).isEmpty();
    }
}
