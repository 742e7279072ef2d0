package io.orchestrator.conformance;

import io.orchestrator.testkit.junit.RequiresDocker;

/** On containers of an engine. */
@RequiresDocker
class PodVolumeConformanceIT extends PodVolumeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofContainers(name);
    }

    @Override
    boolean changesUsers() {
        return true;
    }
}
