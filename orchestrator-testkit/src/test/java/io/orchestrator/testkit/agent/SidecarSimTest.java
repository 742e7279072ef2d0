package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ContainerDraft;
import io.orchestrator.api.model.core.LifecycleBuilder;
import io.orchestrator.api.model.core.LifecycleHandlerBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.SleepAction;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.testkit.runtime.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Init containers that stay: they come one after the other before all else, and go in reverse after it. */
class SidecarSimTest {
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

    private static PodDraft pod(String restartPolicy) {
        return Pod.named("web")
                .initContainer("first", "side:1", c -> c.spec(spec -> spec.restartPolicy("Always")))
                .initContainer("second", "side:1", c -> c.spec(spec -> spec.restartPolicy("Always")))
                .container("main", "web:1")
                .spec(spec -> spec.restartPolicy(restartPolicy));
    }

    @Test
    void endsComeInReverseAfterThatOfTheMainContainers() {
        sim.engine.container("main", Behaviour.runs().endsOnTerm(Duration.ofSeconds(3), 0));
        sim.engine.container("second", Behaviour.runs().endsOnTerm(Duration.ofSeconds(2), 0));
        sim.engine.container("first", Behaviour.runs().endsOnTerm(Duration.ofSeconds(2), 0));
        sim.run(pod("Always"));
        sim.seconds(5);
        assertThat(sim.pod("web").isReady()).isTrue();

        sim.client.pods().delete("web");
        sim.seconds(4);
        assertThat(running()).containsExactlyInAnyOrder("first", "second");
        sim.seconds(2);
        assertThat(running()).isEqualTo(List.of("first"));
        sim.seconds(3);
        assertThat(sim.client.pods().find("web")).isEmpty();
    }

    /** They have as long as the others need to end, and no longer. */
    @Test
    void whatSidecarsWantDoneBeforeTheirEndBeginsWithTheEndOfTheOthers() {
        sim.engine.container("main", Behaviour.runs().endsOnTerm(Duration.ofSeconds(6), 0));
        sim.run(Pod.named("web")
                .initContainer("first", "side:1", SidecarSimTest::sleepingBeforeItsEnd)
                .initContainer("second", "side:1", SidecarSimTest::sleepingBeforeItsEnd)
                .container("main", "web:1")
                .spec(spec -> spec.terminationGracePeriodSeconds(30L)));
        sim.seconds(5);
        assertThat(sim.pod("web").isReady()).isTrue();

        sim.client.pods().delete("web");
        sim.seconds(5);
        assertThat(running()).containsExactly("first", "main", "second");
        sim.seconds(4);
        assertThat(sim.client.pods().find("web")).isEmpty();
    }

    @Test
    void whoeverUsesUpAllOfTheGraceBeforeItsEndStillGetsTwoSeconds() {
        sim.engine.container(
                "main", Behaviour.runs().healthyFor(Duration.ofSeconds(5)).endsOnTerm(Duration.ofSeconds(1), 3));
        sim.run(Pod.named("web")
                .container(
                        "main",
                        "web:1",
                        c -> preparing(c)
                                .livenessProbe(p -> p.httpGet("/", 80)
                                        .every(Duration.ofSeconds(2))
                                        .failureThreshold(1)))
                .spec(spec -> spec.terminationGracePeriodSeconds(4L)));
        sim.seconds(16);

        assertThat(sim.status("web", "main").restartCount()).isEqualTo(1);
        assertThat(sim.status("web", "main").lastState().terminated().exitCode())
                .isEqualTo(3);
    }

    private static ContainerDraft sleepingBeforeItsEnd(ContainerDraft container) {
        return preparing(container).spec(spec -> spec.restartPolicy("Always"));
    }

    private static ContainerDraft preparing(ContainerDraft container) {
        return container.spec(spec -> spec.lifecycle(LifecycleBuilder.builder()
                .preStop(LifecycleHandlerBuilder.builder()
                        .sleep(new SleepAction(5))
                        .build())
                .build()));
    }

    @Test
    void whatIsLeftOfTheGraceIsTheSidecars() {
        sim.engine.container("main", Behaviour.runs().endsOnTerm(null, 0));
        sim.engine.container("second", Behaviour.runs().endsOnTerm(null, 0));
        sim.run(pod("Always").spec(spec -> spec.terminationGracePeriodSeconds(10L)));
        sim.seconds(5);

        Instant asked = sim.environment.clock().instant();
        sim.client.pods().delete("web");
        sim.seconds(20);
        assertThat(sim.client.pods().find("web")).isEmpty();
        assertThat(Duration.between(asked, sim.environment.clock().instant())).isLessThan(Duration.ofSeconds(21));
    }

    @Test
    void aPodWhoseWorkIsDoneStopsThemAndHasSucceededOnlyThen() {
        sim.engine.container("main", Behaviour.exits(Duration.ofSeconds(5), 0));
        sim.engine.container("second", Behaviour.runs().endsOnTerm(Duration.ofSeconds(4), 3));
        sim.run(pod("Never"));
        sim.seconds(8);
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(running()).contains("first", "second");

        sim.seconds(10);
        assertThat(running()).isEmpty();
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
    }

    @Test
    void oneThatEndsStartsAgainWhateverThePodsPolicy() {
        sim.engine.container("first", Behaviour.exits(Duration.ofSeconds(3), 1));
        sim.run(pod("Never"));
        sim.seconds(60);

        assertThat(sim.pod("web").status().initContainerStatuses().get(0).restartCount())
                .isGreaterThan(1);
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
    }

    private List<String> running() {
        return sim.engine.containers().stream()
                .filter(state -> state.phase() == ContainerState.Phase.RUNNING)
                .map(ContainerState::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
