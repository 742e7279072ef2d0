package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orchestrator.core.agent.SubPaths.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SubPathSourcesTest {
    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private final SubPathSources sources = new SubPathSources(new SubPaths() {
        @Override
        public Held hold(Path volume, Path path, Path place) {
            asked.add("hold " + path);
            return answer;
        }

        @Override
        public void release(Path directory) {
            asked.add("release " + directory.getFileName());
        }
    });
    private Held answer = Held.HERE;
    private Path volume;
    private Path place;

    @BeforeEach
    void makeAVolume() throws IOException {
        directory = directory.toRealPath();
        volume = Files.createDirectory(directory.resolve("volume"));
        Files.createDirectories(volume.resolve("a/b"));
        Files.createDirectory(directory.resolve("outside"));
        place = directory.resolve("place");
    }

    private Path of(String subPath, boolean seen) throws IOException {
        return sources.of(volume, subPath, place, path -> seen);
    }

    @Test
    void whatIsHeldIsShownFromItsPlaceAndWhatAnEarlierAttemptHeldThereIsReleasedBefore() throws IOException {
        assertThat(of("a/./b", true)).isEqualTo(place);
        assertThat(asked).containsExactly("release place", "hold a/b");
    }

    @Test
    void anEngineThatDoesNotSeeWhatTheAgentMountsIsGivenThePathThatWasLookedAt() throws IOException {
        assertThat(of("a/b", false)).isEqualTo(volume.resolve("a/b"));
        assertThat(asked).containsExactly("release place", "hold a/b", "release place");
    }

    @Test
    void whereNothingMayBeMountedThePathIsMadeAndLookedAt() throws IOException {
        answer = Held.NOT_ALLOWED;

        assertThat(of("a/new/newer", true))
                .isEqualTo(volume.resolve("a/new/newer"))
                .isEmptyDirectory();
    }

    @Test
    void linksThatStayInTheVolumeAreFollowedBeforeAndThePathThatIsHeldHasNone() throws IOException {
        Files.createSymbolicLink(volume.resolve("link"), Path.of("a"));
        Files.createSymbolicLink(volume.resolve("a/whole"), volume);

        of("link/b/missing", true);
        of("a/whole/a", true);

        assertThat(asked).contains("hold a/b/missing", "hold a");
    }

    @Test
    void aLinkThatLeadsOutIsRefusedAndNothingIsHeld() throws IOException {
        Files.createSymbolicLink(volume.resolve("out"), directory.resolve("outside"));

        for (String subPath : new String[] {"out", "out/new", "a/../../outside", "/etc"}) {
            assertThatExceptionOfType(ConfigFailure.class)
                    .as(subPath)
                    .isThrownBy(() -> of(subPath, true))
                    .withMessageContaining("subPath \"" + subPath + "\"");
        }
        assertThat(asked).isEmpty();
        assertThat(directory.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void whatWasExchangedSinceItWasLookedAtIsRefused() {
        answer = Held.LEADS_OUT;

        assertThatExceptionOfType(ConfigFailure.class)
                .isThrownBy(() -> of("a/b", true))
                .withMessage("subPath \"a/b\" leads out of its volume");
    }

    @Test
    void aLinkToWhatIsNotThereIsAFailure() throws IOException {
        Files.createSymbolicLink(volume.resolve("dangling"), Path.of("none"));

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> of("dangling", true));
    }
}
