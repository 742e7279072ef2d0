package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.SimulatedRuntime.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodLifeSimTest {
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

    @Test
    void theNodeRegistersAndKeepsItsLease() {
        Node node = sim.client.nodes().get(AgentFixture.NODE);

        assertThat(node.metadata().labels()).containsEntry("kubernetes.io/hostname", AgentFixture.NODE);
        assertThat(node.status().condition("Ready"))
                .get()
                .matches(ready -> ready.status().equals(ConditionStatus.TRUE));
        assertThat(node.status().allocatable()).containsKey("cpu");
        sim.seconds(60);
        var lease = sim.client
                .resources(io.orchestrator.api.model.coordination.Lease.TYPE)
                .inNamespace("kube-node-lease")
                .get(AgentFixture.NODE);
        assertThat(lease.spec().holderIdentity()).isEqualTo(AgentFixture.NODE);
        assertThat(lease.spec().renewTime().instant())
                .isAfter(sim.time.clock().instant().minusSeconds(11));
    }

    @Test
    void aPodThatIsBoundRuns() {
        sim.run(Pod.named("web").container("web", "nginx:1.27", c -> c.port(80)));
        sim.seconds(2);

        Pod pod = sim.pod("web");
        assertThat(pod.status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(pod.isReady()).isTrue();
        assertThat(pod.status().podIP()).startsWith("10.");
        assertThat(pod.status().hostIP()).isEqualTo("127.0.0.1");
        assertThat(pod.status().startTime()).isNotNull();
        assertThat(pod.status().qosClass()).isEqualTo("BestEffort");
        assertThat(sim.status("web", "web")).satisfies(status -> {
            assertThat(status.ready()).isTrue();
            assertThat(status.started()).isTrue();
            assertThat(status.restartCount()).isZero();
            assertThat(status.state().running()).isNotNull();
            assertThat(status.containerID()).startsWith("simulated://");
            assertThat(status.image()).isEqualTo("nginx:1.27");
        });
        assertThat(pod.status().conditions())
                .filteredOn(condition -> condition.status().equals(ConditionStatus.TRUE))
                .extracting(condition -> condition.type())
                .contains(
                        PodConditionType.READY,
                        PodConditionType.CONTAINERS_READY,
                        PodConditionType.INITIALIZED,
                        PodConditionType.POD_SCHEDULED,
                        PodConditionType.POD_READY_TO_START_CONTAINERS);
        assertThat(sim.eventReasons("web")).contains("Pulling", "Pulled", "Created", "Started");
    }

    @Test
    void aPodIsBegunAtOnceHoweverQuicklyTheRuntimeAnswers() {
        sim.restartAgentWhereOthersAreQuicker();
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(2);

        assertThat(sim.pod("web").isReady()).isTrue();
    }

    @Test
    void crashLoopBacksOffUntilFiveMinutes() {
        sim.engine.alwaysExits("web", 1);
        sim.run(Pod.named("web").container("web", "nginx:1.27"));

        sim.advance(Duration.ofMinutes(30));

        assertThat(restartDelays("web"))
                .startsWith(0L, 10L, 20L, 40L, 80L, 160L, 300L)
                .endsWith(300L);
        assertThat(sim.waitingReason("web", "web")).isEqualTo("CrashLoopBackOff");
        assertThat(sim.status("web", "web").lastState().terminated()).satisfies(last -> {
            assertThat(last.exitCode()).isEqualTo(1);
            assertThat(last.reason()).isEqualTo("Error");
        });
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(sim.eventReasons("web")).contains("BackOff");
        assertThat(sim.engine.containers()).as("ended attempts that are kept").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aContainerThatEndsWithItsPodIsNotSaidToRestart() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(5);
        sim.engine.kill(container -> true, 137);
        sim.seconds(5);
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);

        sim.client.pods().delete("web");
        sim.seconds(60);

        assertThat(sim.client.pods().find("web")).isEmpty();
        assertThat(sim.eventReasons("web")).doesNotContain("BackOff");
    }

    @Test
    void theBackOffSurvivesARestartOfTheAgent() {
        sim.engine.alwaysExits("web", 1);
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(100);
        int before = sim.engine.starts("web").size();

        sim.restartAgent();
        sim.seconds(30);

        assertThat(sim.engine.starts("web")).hasSize(before);
        sim.seconds(600);
        assertThat(restartDelays("web")).startsWith(0L, 10L, 20L, 40L, 80L, 160L);
    }

    @Test
    void theBackOffIsForgottenAfterTenGoodMinutes() {
        sim.engine.alwaysExits("web", 1);
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(100);
        sim.engine.container("web", Behaviour.exits(Duration.ofMinutes(11), 1));
        sim.advance(Duration.ofMinutes(15));
        int before = sim.engine.starts("web").size();
        assertThat(sim.engine.starts("web").get(before - 1).container().attempt())
                .isPositive();

        sim.engine.alwaysExits("web", 1);
        sim.advance(Duration.ofMinutes(30));

        assertThat(restartDelays("web").subList(before - 1, before + 2)).containsExactly(0L, 10L, 20L);
    }

    @Test
    void anotherImageStartsAtOnceWithoutBackOff() {
        sim.engine.alwaysExits("web", 1);
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.advance(Duration.ofMinutes(10));
        sim.engine.container("web", Behaviour.runs());

        sim.client
                .pods()
                .edit(
                        "web",
                        pod -> pod.withSpec(pod.spec()
                                .withContainers(pod.spec().containers().stream()
                                        .map(container -> container.withImage("nginx:1.28"))
                                        .toList())));
        sim.seconds(2);

        assertThat(sim.status("web", "web").state().running()).isNotNull();
        assertThat(sim.status("web", "web").image()).isEqualTo("nginx:1.28");
    }

    @Test
    void deletionIsGracefulAndLeavesNothing() {
        sim.engine.container("web", Behaviour.runs().endsOnTerm(Duration.ofSeconds(5), 0));
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(2);

        sim.client.pods().delete("web");
        sim.seconds(3);
        assertThat(sim.pod("web").metadata().isDeleting()).isTrue();
        sim.seconds(3);

        assertThat(sim.client.pods().find("web")).isEmpty();
        assertThat(sim.engine.containers()).isEmpty();
        assertThat(sim.engine.sandboxes()).isEmpty();
        assertThat(sim.eventReasons("web")).contains("Killing");
    }

    @Test
    void whatDoesNotListenIsKilledAfterItsGrace() {
        sim.engine.container("web", Behaviour.runs().endsOnTerm(null, 0));
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(2);

        sim.client.pods().delete("web");
        sim.seconds(29);
        assertThat(sim.client.pods().find("web")).isPresent();
        sim.seconds(3);

        assertThat(sim.client.pods().find("web")).isEmpty();
    }

    @Test
    void aForcedDeletionKillsAtOnce() {
        sim.engine.container("web", Behaviour.runs().endsOnTerm(null, 0));
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(2);
        sim.client.pods().delete("web");
        sim.seconds(2);

        sim.client
                .pods()
                .delete(
                        "web",
                        io.orchestrator.api.client.DeleteOptions.defaults().grace(0));
        sim.seconds(40);

        assertThat(sim.engine.containers()).isEmpty();
        assertThat(sim.engine.sandboxes()).isEmpty();
    }

    @Test
    void aJobsPodSucceedsOrFails() {
        sim.engine.container("good", Behaviour.exits(Duration.ofSeconds(3), 0));
        sim.engine.container("bad", Behaviour.exits(Duration.ofSeconds(3), 7));
        sim.run(Pod.named("good").container("good", "job:1").restartPolicy("Never"));
        sim.run(Pod.named("bad").container("bad", "job:1").restartPolicy("Never"));
        sim.seconds(10);

        assertThat(sim.pod("good").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(sim.pod("bad").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(sim.status("bad", "bad").state().terminated().exitCode()).isEqualTo(7);
        assertThat(sim.engine.starts("bad")).hasSize(1);
        assertThat(sim.engine.sandboxes()).noneMatch(sandbox -> sandbox.ready());
        sim.restartAgent();
        sim.seconds(60);
        assertThat(sim.engine.starts("good")).hasSize(1);
        assertThat(sim.pod("bad").status().phase()).isEqualTo(PodPhase.FAILED);
    }

    @Test
    void atRestNothingIsWritten() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(5);
        String before = sim.pod("web").metadata().resourceVersion();

        sim.advance(Duration.ofMinutes(10));

        assertThat(sim.pod("web").metadata().resourceVersion()).isEqualTo(before);
    }

    @Test
    void anAgentThatRestartsAdoptsAndDoublesNothing() {
        for (int i = 0; i < 5; i++) {
            sim.run(Pod.named("web-" + i).container("web", "nginx:1.27"));
        }
        sim.seconds(3);
        List<ContainerState> before = sim.engine.containers();

        sim.restartAgent();
        sim.seconds(60);

        assertThat(sim.engine.containers()).isEqualTo(before);
        assertThat(sim.engine.starts("web")).hasSize(5);
    }

    @Test
    void podsThatTheApiLostWhileTheAgentWasAwayAreEnded() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);
        sim.agent.close();
        sim.client
                .pods()
                .delete(
                        "web",
                        io.orchestrator.api.client.DeleteOptions.defaults().grace(0));

        sim.restartAgent();
        sim.seconds(60);

        assertThat(sim.engine.containers()).isEmpty();
        assertThat(sim.engine.sandboxes()).isEmpty();
    }

    @Test
    void aPodOfTheSameNameIsAnotherPod() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);
        sim.agent.close();
        sim.client
                .pods()
                .delete(
                        "web",
                        io.orchestrator.api.client.DeleteOptions.defaults().grace(0));
        Pod second = sim.run(Pod.named("web").container("web", "nginx:1.27"));

        sim.restartAgent();
        sim.seconds(60);

        assertThat(sim.engine.containers())
                .singleElement()
                .satisfies(container -> assertThat(container.pod().uid())
                        .isEqualTo(second.metadata().uid()));
        assertThat(sim.pod("web").isReady()).isTrue();
    }

    @Test
    void aSandboxThatDiesIsReplacedWithNewContainers() {
        sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);

        sim.engine.killSandboxes(sandbox -> true);
        sim.seconds(20);

        Pod pod = sim.pod("web");
        assertThat(pod.isReady()).isTrue();
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);
        assertThat(sim.engine.sandboxes())
                .filteredOn(sandbox -> sandbox.ready())
                .hasSize(1);
        assertThat(sim.eventReasons("web")).contains("SandboxChanged");
    }

    @Test
    void endingAllPodsForATakeDownLeavesTheApiAsItIs() {
        for (int i = 0; i < 3; i++) {
            sim.run(Pod.named("web-" + i).container("web", "nginx:1.27"));
        }
        sim.seconds(3);

        var ended = sim.agent.endPods(Duration.ofSeconds(2)).toCompletableFuture();
        sim.seconds(10);

        assertThat(ended).isCompleted();
        assertThat(sim.engine.sandboxes()).isEmpty();
        assertThat(sim.client.pods().list().items()).hasSize(3);
    }

    /** Seconds between an end and the next start. */
    private List<Long> restartDelays(String container) {
        List<Start> starts = sim.engine.starts(container);
        List<Long> delays = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            Instant ended = starts.get(i - 1).at().plus(lifeOf(starts.get(i - 1)));
            delays.add(Duration.between(ended, starts.get(i).at()).toSeconds());
        }
        return delays;
    }

    /** A container started by an exit behaviour lives for a second, or for the eleven minutes of its test. */
    private Duration lifeOf(Start start) {
        int index = sim.engine.starts("web").indexOf(start);
        List<Start> all = sim.engine.starts("web");
        Duration gap = index + 1 < all.size()
                ? Duration.between(start.at(), all.get(index + 1).at())
                : Duration.ZERO;
        return gap.compareTo(Duration.ofMinutes(11)) >= 0 ? Duration.ofMinutes(11) : Duration.ofSeconds(1);
    }
}
