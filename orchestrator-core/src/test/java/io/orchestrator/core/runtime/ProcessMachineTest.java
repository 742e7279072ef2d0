package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessMachineTest {
    private static final List<String> JOIN = List.of("/usr/bin/nsenter");

    @Test
    void nobodyElsesUserIsKnownInAUserNamespace() {
        try (SystemEnvironment system = new SystemEnvironment("process-machine-test")) {
            assertThat(machine(List.of("/usr/bin/unshare", "--mount"), system)
                            .privileges()
                            .changing())
                    .isTrue();
            assertThat(machine(List.of("/usr/bin/unshare", "--user", "--mount"), system)
                            .privileges()
                            .changing())
                    .isFalse();
        }
    }

    private static ProcessMachine machine(List<String> enter, SystemEnvironment system) {
        return new ProcessMachine(
                () -> Optional.of(new ProcessMounts(enter, JOIN, Optional.empty(), false, false)),
                Optional::empty,
                new ProcessLimits(Optional.empty(), Path.of("cluster", "node")),
                new Privileges(Optional.of(Path.of("/usr/bin/setpriv")), true, true),
                MarkedProcesses.ofThisMachine(),
                LogLimit.DEFAULT,
                system.environment());
    }
}
