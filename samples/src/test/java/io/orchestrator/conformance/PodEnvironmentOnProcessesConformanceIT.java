package io.orchestrator.conformance;

/** On processes of this machine. */
class PodEnvironmentOnProcessesConformanceIT extends PodEnvironmentContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }
}
