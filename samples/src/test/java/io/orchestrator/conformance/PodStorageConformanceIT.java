package io.orchestrator.conformance;

import io.orchestrator.testkit.junit.RequiresDocker;

/** On containers of an engine. */
@RequiresDocker
class PodStorageConformanceIT extends PodStorageContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofContainers(name);
    }
}
