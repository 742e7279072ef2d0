package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.env.MountPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateFilesTest {
    @TempDir
    Path directory;

    @Test
    void aFolderGoesWithAllInItAndWhatLinksInItLeadToStays() throws IOException {
        Path precious = Files.createDirectories(directory.resolve("elsewhere")).resolve("precious");
        Files.writeString(precious, "precious");
        Path folder = Files.createDirectories(directory.resolve("folder/inner")).getParent();
        Files.writeString(folder.resolve("inner/file"), "own");
        Files.createSymbolicLink(folder.resolve("inner/link"), precious.getParent());

        StateFiles.remove(folder);

        assertThat(folder).doesNotExist();
        assertThat(precious).exists();
        StateFiles.remove(folder);
    }

    @Test
    void nothingIsRemovedWhereSomethingIsMounted() throws Exception {
        Path precious = Files.createDirectories(directory.resolve("elsewhere")).resolve("precious");
        Files.writeString(precious, "precious");
        Path folder = Files.createDirectories(directory.resolve("a folder/root"));
        Path file = Files.writeString(folder.resolveSibling("file"), "own");
        assumeTrue(
                run("mount", "--bind", precious.getParent().toString(), folder.toString()),
                "this machine does not let us bind");
        try {
            assertThat(MountPoint.below(directory))
                    .extracting(MountPoint::place)
                    .isEqualTo(List.of(folder.toRealPath()));
            assertThatIOException()
                    .isThrownBy(() -> StateFiles.remove(folder.getParent()))
                    .withMessageContaining(folder.toRealPath().toString());
            assertThat(file).exists();
            assertThat(precious).exists();
        } finally {
            assertThat(run("umount", folder.toString())).isTrue();
        }
        StateFiles.remove(folder.getParent());
        assertThat(folder.getParent()).doesNotExist();
        assertThat(precious).exists();
    }

    private static boolean run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
