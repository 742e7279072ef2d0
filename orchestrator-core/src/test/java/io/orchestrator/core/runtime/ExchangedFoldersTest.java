package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import io.orchestrator.spi.runtime.ContainerSpec.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever shares a volume may exchange its folders while another container of the pod is begun. Here a program that the script
 * calls does, before or after it does its work, which is the worst moment each.
 */
@EnabledOnOs(OS.LINUX)
class ExchangedFoldersTest {
    private static final String AT = "/orchestrator-volume";

    @TempDir
    Path folder;

    private Path volume;
    private Path inner;
    private Path outside;
    private Path container;
    private Path stubs;
    private ProcessMounts mounts;
    private String command = "";

    @BeforeEach
    void shareAVolume() throws IOException {
        Optional<ProcessMounts> able = ProcessMounts.ofThisMachine(Optional.empty());
        assumeTrue(able.isPresent(), "this machine lets us mount nothing");
        mounts = able.get();
        folder = folder.toRealPath();
        volume = Files.createDirectory(folder.resolve("volume"));
        Files.createDirectory(volume.resolve("a"));
        inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(inner.resolve("file"), "inner\n");
        outside = Files.createDirectory(folder.resolve("outside"));
        container = Files.createDirectory(folder.resolve("container"));
        stubs = Files.createDirectory(folder.resolve("stubs"));
    }

    @Test
    void aFolderIsMountedWithinAVolumeWhereNothingIsExchanged() throws Exception {
        assertThat(run(rw(volume, AT), ro(inner, AT + "/a/b"))).isZero();

        assertThat(said()).isEqualTo("inner\nvolume\na\nb\n");
        assertThat(volume.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void aFileIsMountedWithinAVolumeWhereNothingIsExchanged() throws Exception {
        assertThat(run(rw(volume, AT), ro(inner.resolve("file"), AT + "/a/b/file")))
                .isZero();

        assertThat(said()).isEqualTo("inner\nvolume\na\nb\n");
        assertThat(volume.resolve("a/b/file")).isEmptyFile();
    }

    @Test
    void aFolderIsMountedWithinAReadOnlyVolumeWhereNothingIsExchanged() throws Exception {
        Files.createFile(volume.resolve("a/beside"));
        assertThat(run(ro(volume, AT), rw(inner, AT + "/a/b"))).isZero();

        assertThat(said()).isEqualTo("inner\nvolume\na\nb\nbeside\n");
        assertThat(volume.resolve("a/b")).doesNotExist();
    }

    @Test
    void aFolderThatIsMissingIsNotMadeWhereALinkLeads() throws Exception {
        exchanging("mkdir", "*/b", "", "");

        assertThat(run(rw(volume, AT), rw(inner, AT + "/a/b"))).isEqualTo(128);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aFileThatIsMissingIsNotMadeWhereALinkLeads() throws Exception {
        Files.createDirectory(outside.resolve("b"));
        exchanging("mkdir", "*/b", "/usr/bin/mkdir \"$@\"", "exit");

        assertThat(run(rw(volume, AT), rw(inner.resolve("file"), AT + "/a/b/file")))
                .isEqualTo(128);
        assertThat(outside.resolve("b")).isEmptyDirectory();
    }

    @Test
    void aFileIsNotMadeThroughALinkInItsPlace() throws Exception {
        Files.writeString(outside.resolve("kept"), "kept");
        stub("dd", "ln -s '" + outside.resolve("kept") + "' ./file\n");

        run(rw(volume, AT), rw(inner.resolve("file"), AT + "/a/file"));

        assertThat(outside.resolve("kept")).hasContent("kept");
        assertThat(landed()).isEmpty();
    }

    @Test
    void nothingIsMountedWhereALinkLeads() throws Exception {
        Files.createDirectory(volume.resolve("a/b"));
        Files.createDirectory(outside.resolve("b"));
        exchanging("mount", "'" + inner + "'|--move", "", "");

        int code = run(rw(volume, AT), ro(inner, AT + "/a/b"));

        assertThat(landed()).isEmpty();
        assertThat(code).isEqualTo(128);
    }

    @Test
    void noFileIsMountedWhereALinkLeads() throws Exception {
        Files.createFile(volume.resolve("a/file"));
        Files.createFile(outside.resolve("file"));
        exchanging("mount", "'" + inner.resolve("file") + "'|--move", "", "");

        int code = run(rw(volume, AT), rw(inner.resolve("file"), AT + "/a/file"));

        assertThat(landed()).isEmpty();
        assertThat(code).isEqualTo(128);
    }

    @Test
    void noCopyIsMountedWhereALinkLeads() throws Exception {
        exchanging("mount", "tmpfs", "", "");

        Path place = Files.createDirectory(folder.resolve("place")); // so that the root is not copied before
        int code = run(ro(volume, place.toString()), rw(inner, place + "/a/b"));

        assertThat(landed()).isEmpty();
        assertThat(code).isEqualTo(128);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aReadOnlyRootIsNotWrittenWhereALinkLeads() throws Exception {
        mounts = ProcessMounts.ofThisMachine(ContainerHolder.install(folder.resolve("own")))
                .orElseThrow();
        assumeTrue(mounts.canBeReadOnly(), "this machine has no read-only roots");
        Files.createDirectory(volume.resolve("a/root"));
        Files.createDirectory(container.resolve("work"));
        Path last = Files.createDirectory(folder.resolve("last"));
        // what is mounted at the root of the container's own folder is all that it sees
        exchanging("mount", "'" + last + "'", "", "", container);

        command = "echo written > " + outside.resolve("written") + "; echo kept > " + AT + "/was/root/kept";
        int code = run(true, rw(volume, AT), rw(inner, AT + "/a/root"), rw(last, AT + "/last"));

        assertThat(code).as(said()).isZero();

        assertThat(outside.resolve("written")).doesNotExist();
        assertThat(inner.resolve("kept")).hasContent("kept");
    }

    /** Has a program exchange the volume's folder for a link, once, when one of its arguments matches. */
    private void exchanging(String program, String argument, String before, String after) throws IOException {
        exchanging(program, argument, before, after, outside);
    }

    private void exchanging(String program, String argument, String before, String after, Path target)
            throws IOException {
        stub(program, """
                for each; do
                  case $each in
                    %1$s)
                      if [ ! -h '%2$s/a' ]; then
                        %3$s
                        mv '%2$s/a' '%2$s/was'
                        ln -s '%4$s' '%2$s/a'
                        %5$s
                      fi
                      ;;
                  esac
                done
                """.formatted(argument, volume, before, target, after));
    }

    private void stub(String program, String script) throws IOException {
        Path file = Files.writeString(
                stubs.resolve(program),
                "#!/bin/sh\n" + script + "/usr/bin/" + program + " \"$@\"\ncode=$?\n" + "grep '" + outside
                        + "' /proc/self/mountinfo >> '" + folder.resolve("landed") + "'\nexit $code\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String landed() throws IOException {
        return Files.readString(folder.resolve("landed"));
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said")).stripLeading();
    }

    private int run(Mount... all) throws Exception {
        command = "cd " + all[0].containerPath() + " && cat a/b/file a/b 2>/dev/null; echo volume; ls; ls a";
        return run(false, all);
    }

    private int run(boolean readOnly, Mount... all) throws Exception {
        UserCommand asUser = UserCommand.of(
                new Privileges(Optional.empty(), false, true),
                Security.defaults(),
                List.of(),
                List.of("/bin/sh", "-c", command),
                false,
                Map.of(),
                "ORCHESTRATOR_TEST");
        MountedCommand mounted = mounts.around(List.of(all), "/", asUser, "", readOnly);
        String script = mounted.script().replaceFirst("PATH=", "PATH='" + stubs + "':");
        List<String> words = ContainerShell.words(
                container, new MountedCommand(mounted.enter(), script, mounted.mounts(), mounted.words()));
        Process process = new ProcessBuilder(words)
                .directory(container.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        process.waitFor();
        return Integer.parseInt(Files.readString(container.resolve("exit")).strip());
    }

    private static Mount rw(Path source, String at) {
        return new Mount(source.toString(), at, false);
    }

    private static Mount ro(Path source, String at) {
        return new Mount(source.toString(), at, true);
    }
}
