package io.orchestrator.samples.embed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.env.Environment;
import io.orchestrator.core.runtime.LoopbackAddresses;
import io.orchestrator.core.runtime.ProcessRuntime;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On processes of this machine, where root runs them: who is not root has nothing that its pods have not. */
@EnabledOnOs(OS.LINUX)
class ExchangedSubPathOnProcessesIT extends ExchangedSubPathContract {
    @BeforeAll
    static void requireRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root holds parts of volumes");
    }

    @Override
    RuntimeProvider open(Environment environment, Path folder) {
        return ProcessRuntime.builder(environment, folder, new LoopbackAddresses(4711))
                .image("busybox:1.36", "/usr/bin/env")
                .build();
    }
}
