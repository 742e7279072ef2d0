package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.runtime.ContainerRuntimeContract;
import io.orchestrator.testkit.runtime.RuntimePrograms;

/** An engine that connects pods itself, as one on another machine has to. */
@RequiresDocker
class EngineNetworkIT extends ContainerRuntimeContract {
    @Override
    protected RuntimeProvider open() {
        return DockerRuntime.local().networksByEngine();
    }

    @Override
    protected RuntimePrograms programs() {
        return RuntimePrograms.busybox("busybox:1.36");
    }
}
