package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.core.agent.PodAction.CreateSandbox;
import io.orchestrator.core.agent.PodAction.Farewell;
import io.orchestrator.core.agent.PodAction.Forget;
import io.orchestrator.core.agent.PodAction.Idle;
import io.orchestrator.core.agent.PodAction.Launch;
import io.orchestrator.core.agent.PodAction.MakeVolumes;
import io.orchestrator.core.agent.PodAction.RemoveContainer;
import io.orchestrator.core.agent.PodAction.RemoveSandbox;
import io.orchestrator.core.agent.PodAction.StopContainers;
import io.orchestrator.core.agent.PodAction.StopSandbox;
import io.orchestrator.core.agent.PodFacts.Intent;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row a situation: what is there, and what is to be done next. */
class PodPlanTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final PodIdentity IDENTITY = new PodIdentity("default", "web", "u1");

    static Stream<Arguments> situations() {
        return Stream.of(
                row("nothing yet", scene(), new CreateSandbox(0)),
                row("a sandbox without volumes", scene().noVolumes().sandbox(0, true), new MakeVolumes()),
                row("a sandbox", scene().sandbox(0, true), new Launch("web", 0, 0)),
                row("created, not started", scene().sandbox(0, true).created("web", 0), new Launch("web", 0, 0)),
                row("running", scene().sandbox(0, true).running("web", 0), new Idle(null)),
                row("ended once", scene().sandbox(0, true).exited("web", 0, 1, 0, 5), new Launch("web", 1, 1)),
                row(
                        "ended twice, just now",
                        scene().sandbox(0, true).exited("web", 1, 1, 1, 3),
                        new Idle(NOW.plusSeconds(7))),
                row(
                        "ended twice, rested",
                        scene().sandbox(0, true).exited("web", 1, 1, 1, 10),
                        new Launch("web", 2, 2)),
                row(
                        "ended often",
                        scene().sandbox(0, true).exited("web", 9, 1, 9, 0),
                        new Idle(NOW.plus(Duration.ofMinutes(5)))),
                row(
                        "succeeded with Never",
                        scene().policy("Never").sandbox(0, true).exited("web", 0, 0, 0, 1),
                        new StopSandbox("u1-0")),
                row(
                        "succeeded, at rest",
                        scene().policy("Never").sandbox(0, false).exited("web", 0, 0, 0, 1),
                        new Idle(null)),
                row(
                        "failed with OnFailure",
                        scene().policy("OnFailure").sandbox(0, true).exited("web", 0, 1, 0, 1),
                        new Launch("web", 1, 1)),
                row("a dead sandbox", scene().sandbox(0, false).exited("web", 0, 137, 0, 1), new CreateSandbox(1)),
                row(
                        "a dead sandbox whose container runs on",
                        scene().sandbox(0, false).running("web", 0),
                        new StopContainers(
                                List.of("u1-web-0"),
                                Duration.ofSeconds(30),
                                "Pod sandbox changed, it will be killed and re-created.")),
                row(
                        "a new sandbox after a dead one",
                        scene().sandbox(0, false).exited("web", 0, 137, 0, 1).sandbox(1, true),
                        new Launch("web", 1, 1)),
                row(
                        "too many ended attempts",
                        scene().sandbox(0, true)
                                .exited("web", 0, 1, 0, 90)
                                .exited("web", 1, 1, 1, 60)
                                .running("web", 2),
                        new RemoveContainer("u1-web-0")),
                row(
                        "told to end",
                        scene().intent(Intent.TERMINATE).sandbox(0, true).running("web", 0),
                        new StopContainers(List.of("u1-web-0"), Duration.ofSeconds(30), "")),
                row(
                        "ended on demand",
                        scene().intent(Intent.TERMINATE).sandbox(0, true).exited("web", 0, 0, 0, 1),
                        new Farewell()),
                row(
                        "the end is reported",
                        scene().intent(Intent.TERMINATE).said().sandbox(0, true).exited("web", 0, 0, 0, 1),
                        new RemoveSandbox("u1-0")),
                row("nothing is left", scene().intent(Intent.TERMINATE).said(), new Forget(true)),
                row(
                        "gone from the API",
                        scene().intent(Intent.REMOVE).sandbox(0, true).running("web", 0),
                        new StopContainers(List.of("u1-web-0"), Duration.ofSeconds(30), "")),
                row("gone everywhere", scene().intent(Intent.REMOVE), new Forget(false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void theNextStepIs(String situation, Scene scene, PodAction expected) {
        assertThat(PodPlan.next(scene.facts())).as(situation).isEqualTo(expected);
    }

    @Test
    void theLadderDoublesFromTenSecondsToFiveMinutes() {
        assertThat(Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 100)
                        .map(RestartBackoff::delay)
                        .map(Duration::toSeconds))
                .containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void quickEndsAreCountedOnUntilTheImageChanges() {
        ContainerState ended = container("web", 4, Phase.EXITED, 1, 3, NOW);

        assertThat(RestartBackoff.quickEndsAfter(ended, "nginx:1.27")).isEqualTo(4);
        assertThat(RestartBackoff.quickEndsAfter(ended, "nginx:1.28")).isZero();
    }

    private static Arguments row(String situation, Scene scene, PodAction expected) {
        return Arguments.of(situation, scene, expected);
    }

    private static Scene scene() {
        return new Scene();
    }

    private static ContainerState container(
            String name, int attempt, Phase phase, @Nullable Integer code, int quickEnds, Instant finished) {
        boolean over = phase == Phase.EXITED;
        return new ContainerState(
                "u1-" + name + "-" + attempt,
                "u1-0",
                IDENTITY,
                name,
                attempt,
                "nginx:1.27",
                "id",
                phase,
                NOW.minusSeconds(200),
                phase == Phase.CREATED ? null : finished.minusSeconds(1),
                over ? finished : null,
                over ? code : null,
                false,
                "",
                Map.of(),
                Map.of(RestartBackoff.QUICK_ENDS, String.valueOf(quickEnds)),
                null);
    }

    /** Collects what is there. */
    private static final class Scene {
        private final List<SandboxState> sandboxes = new ArrayList<>();
        private final List<ContainerState> containers = new ArrayList<>();
        private Intent intent = Intent.RUN;
        private String policy = "Always";
        private PodMemory memory = PodMemory.blank().volumes(true, null);

        Scene sandbox(int attempt, boolean ready) {
            sandboxes.add(new SandboxState(
                    "u1-" + attempt, attempt, IDENTITY, ready, List.of("10.0.0.1"), NOW, Map.of(), Map.of()));
            return this;
        }

        Scene created(String name, int attempt) {
            containers.add(container(name, attempt, Phase.CREATED, null, 0, NOW));
            return this;
        }

        Scene running(String name, int attempt) {
            containers.add(container(name, attempt, Phase.RUNNING, null, 0, NOW));
            return this;
        }

        Scene exited(String name, int attempt, int code, int quickEnds, long secondsAgo) {
            containers.add(container(name, attempt, Phase.EXITED, code, quickEnds, NOW.minusSeconds(secondsAgo)));
            return this;
        }

        Scene intent(Intent intent) {
            this.intent = intent;
            return this;
        }

        Scene policy(String policy) {
            this.policy = policy;
            return this;
        }

        Scene noVolumes() {
            memory = memory.volumes(false, null);
            return this;
        }

        Scene said() {
            memory = memory.farewell(io.orchestrator.api.model.core.PodStatus.EMPTY)
                    .reported(true);
            return this;
        }

        PodFacts facts() {
            PodDraft draft = Pod.named("web").container("web", "nginx:1.27").restartPolicy(policy);
            Pod pod = draft.build();
            Pod own = pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                    .namespace("default")
                    .uid("u1")
                    .build());
            return new PodFacts(own, intent, sandboxes, containers, memory, Long.MAX_VALUE, NOW);
        }
    }
}
