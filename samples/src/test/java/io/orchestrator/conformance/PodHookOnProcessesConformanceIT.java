package io.orchestrator.conformance;

/** On processes of this machine. */
class PodHookOnProcessesConformanceIT extends PodHookContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }
}
