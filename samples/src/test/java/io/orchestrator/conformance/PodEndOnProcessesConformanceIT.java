package io.orchestrator.conformance;

/** On processes of this machine. */
class PodEndOnProcessesConformanceIT extends PodEndContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }

    /** The usual place is the machine's own there. */
    @Override
    String messagePath() {
        return "/dev/own-log";
    }
}
