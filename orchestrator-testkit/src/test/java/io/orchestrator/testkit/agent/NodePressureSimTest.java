package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.scheduling.PriorityClassBuilder;
import io.orchestrator.core.agent.NodeSignals.Reading;
import io.orchestrator.core.agent.PressureLimits;
import io.orchestrator.testkit.runtime.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods make room when too little of their node is left, and leave it when it is switched off. */
class NodePressureSimTest {
    private static final Reading PLENTY = new Reading(8L << 30, 50L << 30, 100L << 30, 30_000);

    @TempDir
    Path directory;

    private AgentFixture sim;
    private Reading reading = PLENTY;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.agent.relieve(() -> reading, new PressureLimits(100L << 20, 0.1, 100, Duration.ofMinutes(5)));
        sim.seconds(1);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void theLeastImportantPodGoesFirstAndNoMoreThanNeeded() {
        sim.client.create(PriorityClassBuilder.builder()
                .metadata(ObjectMeta.named("important"))
                .value(1000)
                .build());
        run("keeps", "important");
        run("goes", "");
        sim.seconds(5);
        reading = new Reading(50L << 20, PLENTY.diskBytes(), PLENTY.diskCapacity(), PLENTY.pids());
        sim.seconds(12);
        reading = PLENTY;
        sim.seconds(30);

        Pod gone = sim.pod("goes");
        assertThat(gone.status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(gone.status().reason()).isEqualTo("Evicted");
        assertThat(gone.status().message()).startsWith("The node was low on resource: memory.");
        assertThat(gone.status().conditions())
                .filteredOn(condition -> condition.type().equals(PodConditionType.DISRUPTION_TARGET))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.status()).isEqualTo("True");
                    assertThat(condition.reason()).isEqualTo("TerminationByKubelet");
                });
        assertThat(sim.status("goes", "web").state().terminated()).isNotNull();
        assertThat(sim.eventReasons("goes")).contains("Evicted");
        assertThat(sim.pod("keeps").isReady()).isTrue();
    }

    @Test
    void theNodeSaysSoUntilItHasBeenWellForAWhile() {
        reading = new Reading(PLENTY.memoryBytes(), 5L << 30, 100L << 30, PLENTY.pids());
        sim.seconds(25);
        assertThat(condition("DiskPressure")).isEqualTo("True KubeletHasDiskPressure");
        assertThat(condition("MemoryPressure")).isEqualTo("False KubeletHasSufficientMemory");

        sim.run(Pod.named("late").container("web", "web:1"));
        sim.seconds(3);
        assertThat(sim.pod("late").status().reason()).isEqualTo("Evicted");
        assertThat(sim.pod("late").status().message())
                .isEqualTo("Pod was rejected: The node had condition: [DiskPressure]. ");

        reading = PLENTY;
        sim.advance(Duration.ofMinutes(4));
        assertThat(condition("DiskPressure")).startsWith("True");
        sim.advance(Duration.ofMinutes(2));
        assertThat(condition("DiskPressure")).isEqualTo("False KubeletHasNoDiskPressure");
    }

    @Test
    void aNodeThatIsSwitchedOffEndsItsPodsAsFailedTheCriticalOnesLast() {
        sim.engine.container("web", Behaviour.runs().endsOnTerm(Duration.ofSeconds(3), 0));
        run("app", "");
        run("system", "system-node-critical");
        sim.seconds(5);

        CompletableFuture<Void> done = sim.agent
                .shutDown(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .toCompletableFuture();
        sim.seconds(2);
        assertThat(condition("Ready")).isEqualTo("False KubeletNotReady");
        sim.seconds(2);
        assertThat(sim.pod("app").status().reason()).isEqualTo("Terminated");
        assertThat(sim.pod("system").status().phase()).isEqualTo(PodPhase.RUNNING);
        sim.seconds(5);
        assertThat(sim.pod("system").status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(done).isCompleted();

        sim.run(Pod.named("late").container("web", "web:1"));
        sim.seconds(2);
        assertThat(sim.pod("late").status().reason()).isEqualTo("NodeShutdown");
    }

    private void run(String name, String priority) {
        sim.run(Pod.named(name).container("web", "web:1").spec(spec -> spec.priorityClassName(priority)));
    }

    private String condition(String type) {
        return sim.client
                .nodes()
                .get(AgentFixture.NODE)
                .status()
                .condition(type)
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("");
    }
}
