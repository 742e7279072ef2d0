package io.orchestrator.conformance;

/** On processes of this machine. */
class PodLifeOnProcessesConformanceIT extends PodLifeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }
}
