package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ContainerImage;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.ImageLimits;
import io.orchestrator.core.agent.NodeSignals.Reading;
import io.orchestrator.testkit.runtime.ImageBehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node says which images it has, and removes those that it pulled and nobody uses, where it is told to. */
class ImageSimTest {
    private static final Reading EMPTY = new Reading(8L << 30, 50L << 30, 100L << 30, 30_000);
    private static final Reading FULL = new Reading(8L << 30, 5L << 30, 100L << 30, 30_000);

    @TempDir
    Path directory;

    private AgentFixture sim;
    private Reading reading = EMPTY;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.seconds(1);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private List<String> images() {
        return sim.client.nodes().get(AgentFixture.NODE).status().images().stream()
                .map(ContainerImage::names)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void theNodeNamesItsImages() {
        sim.run(Pod.named("a").container("web", "web:1"));
        sim.seconds(90);
        assertThat(images()).contains("web:1");
    }

    @Test
    void anImageThatIsUsedNoMoreGoesWhenTheDiskFillsAndNotBefore() {
        sim.agent.collectImages(() -> reading, ImageLimits.standard());
        sim.run(Pod.named("used").container("web", "used:1"));
        sim.run(Pod.named("gone").container("web", "gone:1"));
        sim.seconds(90);
        sim.client.pods().delete("gone");
        sim.seconds(300);
        assertThat(images()).contains("used:1", "gone:1");
        reading = FULL;
        sim.seconds(200);
        assertThat(images()).contains("used:1").doesNotContain("gone:1");
    }

    @Test
    void withoutBeingToldToItRemovesNothing() {
        sim.run(Pod.named("gone").container("web", "gone:1"));
        sim.seconds(90);
        sim.client.pods().delete("gone");
        reading = FULL;
        sim.seconds(900);
        assertThat(images()).contains("gone:1");
    }

    @Test
    void aPullThatTakesLongTellsHowFarItIsEverySoOften() {
        sim.engine.pull("large:1", ImageBehaviour.pulledIn(Duration.ofSeconds(60)));
        sim.run(Pod.named("a").container("web", "large:1"));
        sim.seconds(90);
        assertThat(sim.client.resources(Event.TYPE).list().items().stream()
                        .filter(event -> event.reason().equals("Pulling"))
                        .map(Event::message))
                .containsExactlyInAnyOrder(
                        "Pulling image \"large:1\"",
                        "Pulling image \"large:1\": 1 of 4 layers",
                        "Pulling image \"large:1\": 2 of 4 layers",
                        "Pulling image \"large:1\": 3 of 4 layers");
    }
}
