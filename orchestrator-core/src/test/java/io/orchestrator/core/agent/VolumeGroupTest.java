package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContextBuilder;
import io.orchestrator.core.agent.VolumeFiles.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in volumes belongs to the pod's group, where the agent may give files away: as root. */
class VolumeGroupTest {
    private static final int GROUP = 4321;

    @TempDir
    Path volume;

    @BeforeEach
    void asRoot() throws IOException {
        assumeTrue(Files.getAttribute(volume, "unix:uid").equals(0), "only root gives files to any group");
    }

    @Test
    void aFolderToWriteInIsTheGroupsAndSoIsWhatIsMadeInThere() throws IOException {
        Path file = Files.writeString(volume.resolve("file"), "x");
        Files.setAttribute(file, "unix:mode", 0600);
        group(null).own(volume, true);
        assertThat(gid(volume)).isEqualTo(GROUP);
        assertThat(mode(volume) & 02770).isEqualTo(02770);
        assertThat(gid(file)).isEqualTo(GROUP);
        assertThat(mode(file)).isEqualTo(0660);
        assertThat(gid(Files.createFile(volume.resolve("later")))).isEqualTo(GROUP);
    }

    @Test
    void whatIsOnlyReadCanBeReadByTheGroupWhateverItsMode() throws IOException {
        Map<String, Content> files = Map.of("key", new Content(Bytes.utf8("secret"), 0400));
        assertThat(VolumeWriter.write(volume, files, group(null))).isTrue();
        Path key = volume.resolve("key").toRealPath();
        assertThat(gid(key)).isEqualTo(GROUP);
        assertThat(mode(key)).isEqualTo(0440);
        assertThat(VolumeWriter.write(volume, files, group(null)))
                .as("what has not changed is not written again")
                .isFalse();
    }

    @Test
    void aTreeThatFitsAtItsRootIsLeftAloneWhereThePodSaysSo() throws IOException {
        group(null).own(volume, true);
        Path file = Files.writeString(volume.resolve("file"), "x");
        Files.setAttribute(file, "unix:gid", 0);
        group("OnRootMismatch").own(volume, true);
        assertThat(gid(file)).isZero();
        group("Always").own(volume, true);
        assertThat(gid(file)).isEqualTo(GROUP);
    }

    private static VolumeGroup group(@Nullable String policy) {
        return VolumeGroup.of(Pod.named("box")
                .spec(spec -> spec.securityContext(PodSecurityContextBuilder.builder()
                        .fsGroup((long) GROUP)
                        .fsGroupChangePolicy(policy)
                        .build()))
                .build());
    }

    private static int gid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:gid");
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
    }
}
