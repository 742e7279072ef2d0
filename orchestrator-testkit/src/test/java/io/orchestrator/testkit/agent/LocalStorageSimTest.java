package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.EmptyDirVolumeSourceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.core.agent.NodeSignals.Reading;
import io.orchestrator.core.agent.PressureLimits;
import io.orchestrator.testkit.runtime.RuntimeCall.Verb;
import io.orchestrator.testkit.runtime.RuntimeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that take more of the node's disk than they may are evicted; others are left alone. */
class LocalStorageSimTest {
    @TempDir
    Path directory;

    private static final String DISK = "ephemeral-storage";
    private static final Map<String, Quantity> TEN = Map.of(DISK, Quantity.parse("10Ki"));

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.seconds(1);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void aPodIsEvictedWhenItsEmptyDirGrowsBeyondTheLimit() throws IOException {
        Pod pod = withScratch("greedy", "10Ki", Map.of());
        sim.seconds(15);
        write(pod, 8 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("greedy").status().phase()).isEqualTo(PodPhase.RUNNING);

        write(pod, 11 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("greedy").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(sim.pod("greedy").status().reason()).isEqualTo("Evicted");
        assertThat(sim.pod("greedy").status().message())
                .isEqualTo("Usage of EmptyDir volume \"scratch\" exceeds the limit \"10Ki\". ");
        assertThat(sim.eventReasons("greedy")).contains("Evicted");
    }

    @Test
    void aPodIsEvictedWhenAllOfItGrowsBeyondWhatItsContainersMayHave() throws IOException {
        Pod pod = withScratch("greedy", null, TEN);
        sim.seconds(15);
        write(pod, 11 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("greedy").status().message())
                .startsWith("Pod ephemeral local storage usage exceeds the total limit of containers");
    }

    @Test
    void aPodWithoutLimitsMayWriteWhatItLikes() throws IOException {
        Pod pod = withScratch("free", null, Map.of());
        sim.seconds(15);
        write(pod, 64 * 1024);
        sim.seconds(30);
        assertThat(sim.pod("free").status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void aPodMayHaveWhatItsInitializationMayHaveWhereThatIsMore() throws IOException {
        Pod pod = withScratch(
                "early", null, TEN, draft -> draft.initContainer("init", "init:1", c -> c.limit(DISK, "20Ki")));
        sim.seconds(15);
        write(pod, 19 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("early").status().phase()).isNotEqualTo(PodPhase.FAILED);
        write(pod, 21 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("early").status().message())
                .isEqualTo("Pod ephemeral local storage usage exceeds the total limit of containers 20Ki. ");
    }

    @Test
    void aSidecarsLimitIsBesideThatOfTheContainers() throws IOException {
        Pod pod = withScratch(
                "helped", null, TEN, draft -> draft.sidecar("helper", "helper:1", c -> c.limit(DISK, "10Ki")));
        sim.seconds(15);
        write(pod, 19 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("helped").status().phase()).isEqualTo(PodPhase.RUNNING);
        write(pod, 21 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("helped").status().reason()).isEqualTo("Evicted");
    }

    @Test
    void aContainerWithoutALimitDoesNotRaiseThatOfTheOthers() throws IOException {
        Pod pod = withScratch("mixed", null, TEN, draft -> draft.container("free", "free:1"));
        sim.seconds(15);
        write(pod, 11 * 1024);
        sim.seconds(15);
        assertThat(sim.pod("mixed").status().reason()).isEqualTo("Evicted");
    }

    @Test
    void aRuntimeThatIsSlowToTellIsNotAskedAgainBeforeItHas() throws Exception {
        withScratch("slow", null, TEN);
        sim.seconds(15);
        AtomicInteger asked = new AtomicInteger();
        try (AutoCloseable slow = sim.engine.when(
                call -> call.verb() == Verb.WRITTEN_BYTES && asked.incrementAndGet() > 0,
                new RuntimeFault.Slow(Duration.ofSeconds(45)))) {
            sim.seconds(60);
        }
        assertThat(asked).hasValueBetween(1, 2);
        sim.seconds(60);
        assertThat(sim.pod("slow").status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void whoeverHasMostOnTheDiskGoesFirstWhenItFills() throws IOException {
        AtomicReference<Reading> reading = new AtomicReference<>(new Reading(4L << 30, 50L << 30, 100L << 30, 10_000));
        sim.agent.relieve(reading::get, PressureLimits.standard());
        Pod full = withScratch("full", null, Map.of());
        Pod fuller = withScratch("fuller", null, Map.of());
        withScratch("empty", null, Map.of());
        sim.seconds(15);
        write(full, 8 * 1024);
        write(fuller, 64 * 1024);
        reading.set(new Reading(4L << 30, 1L << 30, 100L << 30, 10_000));
        sim.seconds(12);
        reading.set(new Reading(4L << 30, 50L << 30, 100L << 30, 10_000));
        sim.seconds(30);

        assertThat(sim.pod("fuller").status().reason()).isEqualTo("Evicted");
        assertThat(sim.pod("fuller").status().message())
                .startsWith("The node was low on resource: ephemeral-storage. ")
                .contains("request is 0, has larger consumption of ephemeral-storage. ");
        assertThat(sim.pod("full").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(sim.pod("empty").status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    private Pod withScratch(
            String name, @org.jspecify.annotations.Nullable String limit, Map<String, Quantity> containerLimits) {
        return withScratch(name, limit, containerLimits, draft -> draft);
    }

    private Pod withScratch(
            String name,
            @org.jspecify.annotations.Nullable String limit,
            Map<String, Quantity> containerLimits,
            UnaryOperator<PodDraft> more) {
        return sim.run(more.apply(Pod.named(name))
                .container("web", "web:1", c -> {
                    c.mount("scratch", "/scratch");
                    containerLimits.forEach((resource, amount) -> c.limit(resource, amount.toString()));
                    return c;
                })
                .spec(spec -> spec.volumes(List.of(VolumeBuilder.builder()
                        .name("scratch")
                        .emptyDir(EmptyDirVolumeSourceBuilder.builder()
                                .sizeLimit(limit == null ? null : Quantity.parse(limit))
                                .build())
                        .build()))));
    }

    private void write(Pod pod, int bytes) throws IOException {
        Path volume = directory.resolve("pods").resolve(pod.metadata().uid()).resolve("volumes/scratch");
        Files.write(volume.resolve("file"), new byte[bytes]);
    }
}
