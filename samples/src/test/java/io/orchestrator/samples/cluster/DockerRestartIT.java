package io.orchestrator.samples.cluster;

import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With pods on Docker. */
@RequiresDocker
class DockerRestartIT extends RestartContract {
    private String cluster = "";

    @Override
    String runtime() {
        return "docker";
    }

    @Override
    String image() {
        return "busybox:1.36";
    }

    @Override
    Set<String> running(String pods) throws Exception {
        if (cluster.isEmpty()) {
            // Each line begins with the pod's uid.
            cluster = DockerProgram.clusterOf(pods.substring(0, pods.indexOf(' ')));
        }
        return DockerProgram.running(cluster);
    }

    @Override
    void cleanUp() throws Exception {
        if (!cluster.isEmpty()) {
            DockerProgram.remove(cluster);
        }
    }

    /** Which runtime it is makes no difference to the store: processes are tried on a directory alone. */
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
