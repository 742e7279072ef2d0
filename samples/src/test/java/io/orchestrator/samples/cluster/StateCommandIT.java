package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.testkit.junit.EtcdServer;
import io.orchestrator.testkit.junit.RequiresEtcd;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that moves from a directory to etcd, and back from there by a snapshot. */
@RequiresEtcd
@Timeout(240)
class StateCommandIT {
    @TempDir
    private Path folder;

    @Test
    void aClusterMovesFromADirectoryToEtcdAndBack() {
        String etcd = "etcd:" + EtcdServer.endpoint();
        String prefix = "/moved-" + UUID.randomUUID();
        String uid;
        try (Cluster cluster = on("first").start()) {
            uid = cluster.client()
                    .create(ConfigMap.named("kept").data("k", "v").build())
                    .metadata()
                    .uid();
        }
        run("migrate", "--from", store("first"), "--to", etcd, "--etcd-prefix", prefix);
        run("snapshot", "--store", etcd, "--etcd-prefix", prefix, path("snapshot"));
        run("restore", path("snapshot"), "--store", etcd, "--etcd-prefix", prefix + "-again");
        run("migrate", "--from", etcd, "--etcd-prefix", prefix + "-again", "--to", store("second"));
        try (Cluster cluster = on("second").start()) {
            assertThat(cluster.client().configMaps().get("kept").metadata().uid())
                    .isEqualTo(uid);
        }
    }

    private ClusterBuilder on(String directory) {
        return Cluster.builder().nodes(0).runtime(SimulatedRuntime::new).directory(folder.resolve(directory));
    }

    private static void run(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "state";
        System.arraycopy(words, 0, all, 1, words.length);
        assertThat(ClusterLauncher.commands().execute(all)).isZero();
    }

    private String store(String directory) {
        return "dir:" + path(directory);
    }

    private String path(String directory) {
        return folder.resolve(directory).toString();
    }
}
