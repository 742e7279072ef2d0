package io.orchestrator.conformance;

import io.orchestrator.testkit.junit.RequiresDocker;

/** On containers of an engine. */
@RequiresDocker
class PodLifeConformanceIT extends PodLifeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofContainers(name);
    }
}
