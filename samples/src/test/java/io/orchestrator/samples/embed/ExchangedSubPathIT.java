package io.orchestrator.samples.embed;

import io.orchestrator.core.env.Environment;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.nio.file.Path;

/** On containers of an engine, which follows links when it begins one. */
@RequiresDocker
class ExchangedSubPathIT extends ExchangedSubPathContract {
    @Override
    RuntimeProvider open(Environment environment, Path folder) {
        return DockerRuntime.local();
    }
}
