package io.orchestrator.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whether this machine runs what was written a moment ago. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OwnProgramTest {
    @TempDir
    Path directory;

    private Path program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    /** As one does that was begun while the file was written, for as long as others have the processor. */
    @Test
    void whatAnotherProcessStillHoldsOpenForWritingIsTriedUntilItHasLetGo() throws Exception {
        Path program = program("exit 0");
        Process holding = new ProcessBuilder(
                        "/bin/sh", "-c", "exec 3>> \"$0\"; echo held; exec sleep 0.5", program.toString())
                .start();
        try {
            assertThat(holding.inputReader().readLine()).isEqualTo("held");

            assertThat(OwnProgram.succeeds(List.of(program.toString()))).isTrue();
        } finally {
            holding.destroyForcibly();
        }
    }

    @Test
    void whatFailsOrIsNotThereDoesNotSucceed() throws Exception {
        assertThat(OwnProgram.succeeds(List.of(program("exit 3").toString()))).isFalse();
        assertThat(OwnProgram.succeeds(List.of("/no/such/program"))).isFalse();
    }
}
