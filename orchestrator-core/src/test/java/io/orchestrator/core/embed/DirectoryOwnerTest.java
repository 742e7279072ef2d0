package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.agent.LinuxMemoryDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryOwnerTest {
    private static final String PREFIX = "ours-";

    @TempDir
    Path parent;

    @BeforeEach
    void mount() throws IOException {
        for (String name : new String[] {"ours-dead", "ours-alive", "ours-unknown", "others-dead"}) {
            Path volume = Files.createDirectories(parent.resolve(name).resolve("volumes/one"));
            assumeTrue(LinuxMemoryDisk.ofThisMachine().mount(volume, 1 << 20), "this machine does not let us mount");
        }
    }

    @AfterEach
    void release() throws IOException {
        LinuxMemoryDisk.ofThisMachine().release(parent);
    }

    /** Of a process of this machine that has ended. */
    private static String gone() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        ProcessLife self = ProcessLife.ofThisProcess();
        return new ProcessLife(ended.pid(), "1", self.boot(), self.space()).text();
    }

    private List<String> mounted() throws IOException {
        Path real = parent.toRealPath();
        return LinuxMemoryDisk.mounts(parent).stream()
                .map(mounted -> real.relativize(mounted).getName(0).toString())
                .sorted()
                .toList();
    }

    @Test
    void memoryOfAProcessThatIsGoneIsGivenBackAndNothingElse() throws Exception {
        DirectoryOwner.mark(parent.resolve("ours-alive"));
        Files.writeString(parent.resolve("ours-dead/owner"), gone());
        Files.writeString(parent.resolve("others-dead/owner"), gone());

        DirectoryOwner.releaseMountsOfTheDead(parent, PREFIX);

        assertThat(mounted()).containsExactly("others-dead", "ours-alive", "ours-unknown");
    }

    @Test
    void whatOthersMadeThereSaysNothing() throws Exception {
        int nobody = 65_534;
        Files.writeString(parent.resolve("ours-dead/owner"), gone());
        Files.setAttribute(parent.resolve("ours-dead/owner"), "unix:uid", nobody);
        Files.writeString(parent.resolve("ours-alive/owner"), gone());
        Files.setAttribute(parent.resolve("ours-alive"), "unix:uid", nobody);
        Files.writeString(parent.resolve("elsewhere"), gone());
        Files.createSymbolicLink(parent.resolve("ours-unknown/owner"), parent.resolve("elsewhere"));

        DirectoryOwner.releaseMountsOfTheDead(parent, PREFIX);

        assertThat(mounted()).containsExactly("others-dead", "ours-alive", "ours-dead", "ours-unknown");
    }

    @Test
    void whatIsMountedAtTheDirectoryItselfIsNoVolume() throws Exception {
        Path disk = Files.createDirectories(parent.resolve("ours-disk"));
        LinuxMemoryDisk.ofThisMachine().mount(disk, 1 << 20);
        Files.writeString(disk.resolve("owner"), gone());

        DirectoryOwner.releaseMountsOfTheDead(parent, PREFIX);

        assertThat(mounted()).contains("ours-disk");
    }
}
