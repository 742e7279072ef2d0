package io.orchestrator.samples.cluster;

import java.util.Set;

/** With processes as pods. */
class RestartIT extends RestartContract {
    @Override
    String runtime() {
        return "process";
    }

    @Override
    String image() {
        return "any";
    }

    @Override
    Set<String> running(String pods) throws Exception {
        return PodProcesses.of(folder);
    }

    @Override
    void cleanUp() throws Exception {
        PodProcesses.end(folder);
    }
}
