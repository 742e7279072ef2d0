package io.orchestrator.conformance;

import io.orchestrator.testkit.junit.RequiresDocker;

/** On containers of an engine. */
@RequiresDocker
class PodEndConformanceIT extends PodEndContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofContainers(name);
    }

    @Override
    String messagePath() {
        return "";
    }
}
