package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.store.StoreFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterOnADirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void theNextClusterOnADirectoryAndOneOnItsSnapshotGoOnWhereItWas() {
        String id;
        String uid;
        try (Cluster cluster = on("first")) {
            id = cluster.id();
            uid = cluster.client()
                    .create(ConfigMap.named("kept").data("a", "1").build())
                    .metadata()
                    .uid();
            cluster.snapshot(folder.resolve("copy"));
            cluster.client().create(ConfigMap.named("later").build());
        }
        try (Cluster again = on("first")) {
            assertThat(again.id()).isEqualTo(id);
            assertThat(again.client().configMaps().get("kept").metadata().uid()).isEqualTo(uid);
            assertThat(again.client().configMaps().find("later")).isPresent();
        }
        try (Cluster copy = on("copy")) {
            assertThat(copy.client().configMaps().get("kept").metadata().uid()).isEqualTo(uid);
            assertThat(copy.client().configMaps().find("later")).isEmpty();
        }
    }

    @Test
    void aSecondClusterOnTheDirectoryIsRefusedAndLeavesTheFirstAlone() {
        try (Cluster cluster = on("first")) {
            assertThatThrownBy(() -> on("first"))
                    .isInstanceOf(StoreFileException.class)
                    .hasMessageContaining("in use");
            cluster.client().create(ConfigMap.named("still").build());
        }
    }

    private Cluster on(String name) {
        return Cluster.builder().directory(folder.resolve(name)).nodes(0).start();
    }
}
