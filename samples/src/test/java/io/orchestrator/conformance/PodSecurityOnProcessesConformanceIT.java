package io.orchestrator.conformance;

import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.Event;
import org.junit.jupiter.api.Test;

/** On processes of this machine. Root writes to the machine's files there and has the agent's rights: neither is tried here. */
class PodSecurityOnProcessesConformanceIT extends PodSecurityContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }

    @Override
    boolean changesUsers() {
        return System.getProperty("user.name").equals("root");
    }

    /** There is one kernel with one set of them. */
    @Test
    void kernelSettingsOfThePodAreRefused() {
        pods().create(PodCluster.pod("sysctls", """
                securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: '1'}]}
                containers: [{name: main, image: "busybox:1.36", command: ['true']}]
                """));
        await().atMost(PodCluster.PATIENCE)
                .until(() -> pods().client().resources(Event.TYPE).list().items().stream()
                        .anyMatch(event -> event.involvedObject().name().equals("sysctls")
                                && event.message().contains("kernel settings")));
    }
}
