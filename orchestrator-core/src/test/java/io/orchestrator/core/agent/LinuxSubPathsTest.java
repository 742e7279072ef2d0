package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.agent.SubPaths.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LinuxSubPathsTest {
    @TempDir
    Path directory;

    private SubPaths subPaths;
    private Path volume;
    private Path outside;
    private Path place;

    @BeforeEach
    void makeAVolume() throws IOException {
        directory = directory.toRealPath();
        subPaths = LinuxSubPaths.ofThisMachine(directory.resolve("own"));
        volume = Files.createDirectory(directory.resolve("volume"));
        Files.createDirectories(volume.resolve("a/b"));
        Files.writeString(volume.resolve("a/b/file"), "the volume's");
        outside = Files.createDirectories(directory.resolve("outside/b"));
        Files.writeString(outside.resolve("file"), "the machine's");
        place = directory.resolve("pod/volume-subpaths/data/app/0");
    }

    @AfterEach
    void release() throws IOException {
        subPaths.release(directory);
    }

    private void hold(String path) throws IOException {
        Held held = subPaths.hold(volume, Path.of(path), place);
        assumeTrue(held != Held.NOT_ALLOWED, "this machine does not let us mount");
        assertThat(held).isEqualTo(Held.HERE);
    }

    @Test
    void whatIsHeldStaysWhatItWasWhereAFolderIsExchangedForALink() throws IOException {
        hold("a/b");

        exchange(volume.resolve("a"), directory.resolve("outside"));

        assertThat(volume.resolve("a/b/file")).hasContent("the machine's");
        assertThat(place.resolve("file")).hasContent("the volume's");
    }

    @Test
    void aFileIsHeldLikeAFolder() throws IOException {
        hold("a/b/file");

        exchange(volume.resolve("a"), directory.resolve("outside"));

        assertThat(place).hasContent("the volume's");
    }

    @Test
    void noLinkIsFollowedNeitherOnTheWayNorAtItsEnd() throws IOException {
        Files.createSymbolicLink(volume.resolve("way"), directory.resolve("outside"));
        Files.createSymbolicLink(volume.resolve("file"), outside.resolve("file"));

        for (String path : new String[] {"way/b", "way", "file", "way/none", "way/b/file"}) {
            assertThat(subPaths.hold(volume, Path.of(path), place)).as(path).isEqualTo(Held.LEADS_OUT);
            assertThat(place).doesNotExist();
        }
        assertThat(outside.resolveSibling("none")).doesNotExist();
    }

    @Test
    void whatLeadsOverAFileOrOutByItsNamesIsNotHeld() throws IOException {
        for (String path : new String[] {"a/b/file/c", "a/../../outside", "..", "/etc"}) {
            assertThat(subPaths.hold(volume, Path.of(path), place)).as(path).isEqualTo(Held.LEADS_OUT);
            assertThat(place).doesNotExist();
        }
    }

    @Test
    void whatIsMissingIsMadeWithTheModeOfTheVolume() throws IOException {
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        hold("a/new/newer");

        assertThat(place).isEmptyDirectory();
        for (String made : new String[] {"a/new", "a/new/newer"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve(made))))
                    .as(made)
                    .isEqualTo("rwxrwxrwx");
        }
    }

    @Test
    void aPipeThatNobodyWritesToKeepsNobodyWaiting() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", volume.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        hold("pipe");

        assertThat(Files.readAttributes(place, java.nio.file.attribute.BasicFileAttributes.class)
                        .isOther())
                .isTrue();
    }

    @Test
    void theWholeVolumeIsHeldWhereThePathIsEmpty() throws IOException {
        hold("");

        assertThat(place.resolve("a/b/file")).hasContent("the volume's");
    }

    @Test
    void whatIsReleasedIsGoneAndTheVolumeKeepsItsFiles() throws IOException {
        hold("a/b");

        subPaths.release(place);

        assertThat(place).doesNotExist();
        assertThat(volume.resolve("a/b/file")).hasContent("the volume's");
        hold("a"); // another time, at the same place
        assertThat(place.resolve("b/file")).hasContent("the volume's");
    }

    @Test
    void whatIsMountedWithinAVolumeIsSeenAndStaysThereWhenItsPlaceIsReleased() throws IOException {
        Path inner = volume.resolve("a/memory");
        assumeTrue(
                LinuxMemoryDisk.ofThisMachine().mount(Files.createDirectory(inner), 1 << 20),
                "nothing is mounted here");
        try {
            Files.writeString(inner.resolve("file"), "in memory");
            hold("a");
            assertThat(place.resolve("memory/file")).hasContent("in memory");

            subPaths.release(directory);

            assertThat(inner.resolve("file")).hasContent("in memory");
        } finally {
            LinuxMemoryDisk.ofThisMachine().release(directory);
        }
    }

    @Test
    void anotherProcessFindsWhatIsHeldBelowADirectoryAndReleasesAll() throws IOException {
        hold("a/b");
        Path second = place.resolveSibling("1");
        subPaths.hold(volume, Path.of("a/b/file"), second);
        assertThat(LinuxSubPaths.places(directory)).containsExactlyInAnyOrder(place, second);

        LinuxSubPaths.ofThisMachine(directory.resolve("another")).release(directory.resolve("pod"));

        assertThat(LinuxSubPaths.places(directory)).isEmpty();
        assertThat(place).isEmptyDirectory();
        assertThat(second).isEmptyFile();
    }

    @Test
    void whatSomebodyElseMountsBelowADirectoryIsNotOurs() throws IOException {
        Path others = Files.createDirectories(directory.resolve("pod/volumes/data"));
        assumeTrue(LinuxMemoryDisk.ofThisMachine().mount(others, 1 << 20), "nothing is mounted here");
        try {
            subPaths.release(directory);

            assertThat(LinuxMemoryDisk.mounts(directory)).containsExactly(others);
        } finally {
            LinuxMemoryDisk.ofThisMachine().release(directory);
        }
    }

    @Test
    void aVolumeThatIsNotThereIsToldAsAFailure() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> subPaths.hold(volume.resolve("none"), Path.of("a"), place))
                .withMessageContaining("error 2");
    }

    @Test
    void whereNoProgramMayBeRunNothingIsAllowed() throws IOException {
        Path barred = Files.createDirectory(directory.resolve("barred"));
        assumeTrue(LinuxMemoryDisk.ofThisMachine().mount(barred, 1 << 20), "nothing is mounted here");
        try {
            assertThat(run("mount", "-o", "remount,noexec", barred.toString())).isZero();

            assertThat(LinuxSubPaths.ofThisMachine(barred).hold(volume, Path.of("a"), place))
                    .isEqualTo(Held.NOT_ALLOWED);
            assertThat(Files.exists(place, LinkOption.NOFOLLOW_LINKS)).isFalse();
        } finally {
            LinuxMemoryDisk.ofThisMachine().release(barred);
        }
    }

    private static int run(String... words) throws IOException {
        try {
            return new ProcessBuilder(words).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void exchange(Path folder, Path target) throws IOException {
        Files.move(folder, Objects.requireNonNull(folder.getParent()).resolve("was"));
        Files.createSymbolicLink(folder, target);
    }
}
