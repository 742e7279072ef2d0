package io.orchestrator.conformance;

/** On processes of this machine. */
class PodVolumeOnProcessesConformanceIT extends PodVolumeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }

    @Override
    boolean changesUsers() {
        return System.getProperty("user.name").equals("root");
    }
}
