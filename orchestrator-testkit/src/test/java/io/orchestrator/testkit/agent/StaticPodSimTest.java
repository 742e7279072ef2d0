package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.core.agent.NodeSignals.Reading;
import io.orchestrator.core.agent.PressureLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node runs what its directory of manifests says, whatever becomes of it in the API. */
class StaticPodSimTest {
    private static final String NAME = "web-node-1";

    @TempDir
    Path directory;

    private Path manifests;
    private AgentFixture sim;

    @BeforeEach
    void start() throws IOException {
        manifests = Files.createDirectory(directory.resolve("manifests"));
        sim = new AgentFixture(directory.resolve("node"));
        sim.agent.runManifests(manifests);
        sim.seconds(2);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void aFileIsAPodOfTheNodeAndOfTheApi() throws IOException {
        write("web:1");
        sim.seconds(25);
        Pod pod = sim.pod(NAME);
        assertThat(pod.status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(pod.metadata().annotations())
                .containsKeys("kubernetes.io/config.hash", "kubernetes.io/config.mirror", "kubernetes.io/config.seen")
                .containsEntry("kubernetes.io/config.source", "file");
        assertThat(pod.metadata().ownerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.kind()).isEqualTo("Node"));
    }

    @Test
    void whoeverDeletesItFindsItThereAgain() throws IOException {
        write("web:1");
        sim.seconds(25);
        String first = sim.pod(NAME).metadata().uid();
        sim.client.pods().delete(NAME);
        sim.seconds(60);
        assertThat(sim.pod(NAME).metadata().uid()).isNotEqualTo(first);
        assertThat(sim.pod(NAME).status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void aChangedFileTakesThePlaceOfThePodAndAGoneOneEndsIt() throws IOException {
        write("web:1");
        sim.seconds(25);
        write("web:2");
        sim.seconds(90);
        assertThat(sim.pod(NAME).spec().containers().get(0).image()).isEqualTo("web:2");
        Files.delete(manifests.resolve("web.yaml"));
        sim.seconds(60);
        assertThat(sim.client.pods().find(NAME)).isEmpty();
    }

    @Test
    void whateverBefallsTheNodeItStays() throws IOException {
        Reading plenty = new Reading(4L << 30, 50L << 30, 100L << 30, 10_000);
        AtomicReference<Reading> reading = new AtomicReference<>(plenty);
        sim.agent.relieve(reading::get, PressureLimits.standard());
        write("web:1");
        sim.run(Pod.named("other").container("web", "web:1"));
        sim.seconds(25);
        reading.set(new Reading(1 << 20, 50L << 30, 100L << 30, 10_000));
        sim.seconds(60);

        assertThat(sim.pod("other").status().reason()).isEqualTo("Evicted");
        assertThat(sim.pod(NAME).status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(sim.pod(NAME).spec().tolerations())
                .contains(TolerationBuilder.builder()
                        .operator("Exists")
                        .effect("NoExecute")
                        .build());

        String first = sim.pod(NAME).metadata().uid();
        sim.client.pods().delete(NAME);
        sim.seconds(60);
        assertThat(sim.pod(NAME).metadata().uid()).isNotEqualTo(first);
        assertThat(sim.pod(NAME).status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void anUnreadableFileHoldsUpNoOther() throws IOException {
        Files.writeString(manifests.resolve("a.yaml"), "kind: Pod\n  nonsense");
        write("web:1");
        sim.seconds(25);
        assertThat(sim.pod(NAME).status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void anAgentThatComesAgainKeepsThePod() throws IOException {
        write("web:1");
        sim.seconds(25);
        String first = sim.pod(NAME).metadata().uid();
        sim.restartAgent();
        sim.agent.runManifests(manifests);
        sim.seconds(60);
        assertThat(sim.pod(NAME).metadata().uid()).isEqualTo(first);
    }

    private void write(String image) throws IOException {
        Files.writeString(
                manifests.resolve("web.yaml"),
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: "
                        + image + "\n");
    }
}
