package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.testkit.runtime.ImageBehaviour;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a node writes what has become of a pod: each time is a write that all who watch pods hear of. */
class StatusPaceSimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private int writes() {
        return sim.calls.getOrDefault("update Pod", 0);
    }

    @Test
    void aPodThatBeginsWithinAMomentIsToldOfWhenItRuns() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(5);
        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.pod("web").status().podIP()).isNotEmpty();
        assertThat(sim.pod("web").status().startTime().instant())
                .as("a pod has started before its containers")
                .isBeforeOrEqualTo(
                        sim.status("web", "web").state().running().startedAt().instant());
        assertThat(writes()).isOne();
    }

    @Test
    void aPodThatTakesLongerIsToldOfOnItsWay() {
        sim.engine.pull("slow:1", ImageBehaviour.pulledIn(Duration.ofSeconds(30)));
        sim.run(Pod.named("web").container("web", "slow:1"));
        sim.advance(Duration.ofMillis(900));
        assertThat(sim.pod("web").status().containerStatuses()).isEmpty();
        sim.advance(Duration.ofMillis(200));
        assertThat(sim.waitingReason("web", "web")).isEqualTo("ContainerCreating");
        assertThat(sim.pod("web").status().podIP()).isNotEmpty();
        assertThat(sim.pod("web").status().startTime()).isNotNull();
        assertThat(writes()).isOne();
        sim.seconds(60);
        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(writes()).isEqualTo(2);
    }

    @Test
    void whatKeepsAPodFromBeginningIsToldAtOnce() {
        sim.run(Pod.named("web")
                .container("web", "nginx:1.27", c -> c.envFromConfigMap("COLOUR", "missing", "colour")));
        sim.advance(Duration.ofMillis(900));
        assertThat(sim.waitingReason("web", "web")).isEqualTo("CreateContainerConfigError");
    }
}
