package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.agent.NodeSignals.Reading;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What this machine says of itself. */
@EnabledOnOs(OS.LINUX)
class LinuxSignalsTest {
    @Test
    void aMachineThatRunsTestsHasSomethingLeftOfEverything(@TempDir Path directory) throws IOException {
        Reading reading = new LinuxSignals(directory).read();
        assertThat(reading.memoryBytes()).isPositive();
        assertThat(reading.diskBytes()).isBetween(1L, reading.diskCapacity());
        assertThat(reading.pids()).isGreaterThan(100);
        PressureLimits none = PressureLimits.parse("memory.available<1");
        for (Shortage shortage : Shortage.values()) {
            assertThat(shortage.in(reading, none)).isEmpty();
        }
        assertThat(Shortage.PIDS.in(new Reading(1, 1, 1, -1), none))
                .as("a limit of 0 does not matter")
                .isEmpty();
    }
}
