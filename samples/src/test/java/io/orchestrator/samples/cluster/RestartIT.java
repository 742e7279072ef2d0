package io.orchestrator.samples.cluster;

import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

    /** Which runtime it is makes no difference to the store: containers are tried on a directory alone. */
    @Test
    @RequiresEtcd
    void onEtcdTheSamePodsRunOnUnderTheSameObjects() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start()) {
            killAndStartAgain(
                    "--store",
                    "etcd:" + etcd.endpoint(),
                    "--directory",
                    folder.resolve("state").toString());
        }
    }
}
