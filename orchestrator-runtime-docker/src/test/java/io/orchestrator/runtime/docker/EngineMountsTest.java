package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineMountsTest {
    private static final String ID = "4f5e";
    private static final Path PLACE = Path.of("/agent/a place");
    private static final String ROOT = "22 1 254:0 / / rw shared:1 - ext4 /dev/vda rw\n";
    private static final String HELD = "90 22 254:0 /pods/data/a /agent/a\\040place rw master:1 - ext4 /dev/vda rw\n";

    @TempDir
    Path proc;

    @BeforeEach
    void beginAContainer() throws IOException {
        tell("300/cgroup", "0::/system.slice/docker-" + ID + ".scope\n");
        tell("300/stat", "300 (a ) S 7) S 200 300 300 0 -1\n");
        tell("self/mountinfo", ROOT + HELD);
        tell("200/mountinfo", ROOT + HELD);
    }

    private void tell(String file, String text) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private boolean see() {
        return EngineMounts.see(ID, 300, PLACE, proc);
    }

    @Test
    void anEngineThatHasTheSameMountAtThePlaceSeesIt() {
        assertThat(see()).isTrue();
    }

    @Test
    void oneWithATableOfItsOwnDoesNot() throws IOException {
        tell("200/mountinfo", ROOT);

        assertThat(see()).isFalse();
    }

    @Test
    void oneThatHasSomethingElseAtThePlaceDoesNot() throws IOException {
        tell("200/mountinfo", ROOT + HELD.replace("/pods/data/a", "/pods/data/b"));
        assertThat(see()).isFalse();

        tell("200/mountinfo", ROOT + HELD + HELD.replace("254:0", "0:33"));
        assertThat(see()).as("the last one is seen").isFalse();
    }

    @Test
    void aProcessWithThatNumberOnAnotherMachineIsNotTheContainers() throws IOException {
        tell("300/cgroup", "0::/user.slice\n");

        assertThat(see()).isFalse();
    }

    @Test
    void whoHasEndedOrHasNoParentHereIsTakenForNothing() throws IOException {
        tell("300/stat", "300 (init) S 0 300 300 0 -1\n");
        assertThat(see()).isFalse();

        assertThat(EngineMounts.see(ID, 301, PLACE, proc)).isFalse();
    }

    @Test
    void whereNothingIsMountedNothingIsSeen() throws IOException {
        tell("self/mountinfo", ROOT);

        assertThat(see()).isFalse();
    }

    @Test
    void anEngineThatHasTheSameFolderAtThePlaceSeesIt() throws IOException {
        Path folder = Files.createDirectories(proc.resolve("ours/pods"));
        Path root = Files.createDirectories(proc.resolve("200/root"));
        Path there = root.resolve(Path.of("/").relativize(folder));
        assertThat(EngineMounts.sees(ID, 300, folder, proc)).isFalse();
        Files.createDirectories(there);
        assertThat(EngineMounts.sees(ID, 300, folder, proc)).as("another one").isFalse();
        Files.delete(there);
        Files.createSymbolicLink(there, folder);
        assertThat(EngineMounts.sees(ID, 300, folder, proc)).isTrue();
        assertThat(EngineMounts.sees("another", 300, folder, proc)).isFalse();
    }
}
