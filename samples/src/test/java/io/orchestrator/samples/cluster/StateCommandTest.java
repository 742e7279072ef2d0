package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line does to the state of clusters that had a directory. */
@Timeout(240)
class StateCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter complaints = new StringWriter();

    @Test
    void aClusterGoesOnFromASnapshotAsIfItHadBeenRestarted() {
        String[] written = new String[1];
        on(
                "first",
                client -> written[0] = identity(
                        client.create(ConfigMap.named("kept").data("k", "v").build())));

        assertThat(state("snapshot", "--store", store("first"), path("snapshot")))
                .isZero();
        on("first", client -> client.configMaps().delete("kept"));
        assertThat(state("restore", path("snapshot"), "--store", store("second")))
                .isZero();

        on("second", client -> {
            assertThat(identity(client.configMaps().get("kept"))).isEqualTo(written[0]);
            client.create(ConfigMap.named("later").build());
        });
        on("snapshot", client -> assertThat(client.configMaps().find("later")).isEmpty());
    }

    @Test
    void nothingIsOverwrittenAndTheReasonIsSaidInALine() {
        on("first", client -> {});
        on("second", client -> {});
        assertThat(state("snapshot", "--store", store("first"), path("second"))).isEqualTo(1);
        assertThat(complaints.toString()).contains("second").hasLineCount(1);
        assertThat(state("migrate", "--from", store("first"), "--to", store("second")))
                .isEqualTo(1);
        assertThat(complaints.toString())
                .contains("there is something already", "has something under")
                .hasLineCount(2);
    }

    @Test
    void aStoreInUseOrNotThereIsNotCopied() {
        on("first", client -> {
            assertThat(state("snapshot", "--store", store("first"), path("copy")))
                    .isEqualTo(1);
            assertThat(complaints.toString()).contains(path("first")).hasLineCount(1);
        });
        assertThat(state("snapshot", "--store", store("mistyped"), path("copy")))
                .isEqualTo(1);
        assertThat(complaints.toString()).contains("holds no state").hasLineCount(2);
        assertThat(folder.resolve("mistyped")).doesNotExist();
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    private void on(String directory, Consumer<Client> work) {
        ClusterBuilder builder =
                Cluster.builder().nodes(0).runtime(SimulatedRuntime::new).directory(folder.resolve(directory));
        try (Cluster cluster = builder.start()) {
            work.accept(cluster.client());
        }
    }

    private int state(String... words) {
        CommandLine commands = ClusterLauncher.commands();
        commands.getSubcommands().get("state").setErr(new PrintWriter(complaints, true));
        String[] all = new String[words.length + 1];
        all[0] = "state";
        System.arraycopy(words, 0, all, 1, words.length);
        commands.setErr(new PrintWriter(complaints, true));
        return commands.execute(all);
    }

    private String store(String directory) {
        return "dir:" + path(directory);
    }

    private String path(String directory) {
        return folder.resolve(directory).toString();
    }

    private static String identity(ConfigMap map) {
        return map.metadata().uid() + " at " + map.metadata().resourceVersion();
    }
}
