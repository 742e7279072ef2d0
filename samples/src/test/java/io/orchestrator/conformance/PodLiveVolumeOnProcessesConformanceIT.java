package io.orchestrator.conformance;

/** On processes of this machine. */
class PodLiveVolumeOnProcessesConformanceIT extends PodLiveVolumeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }
}
