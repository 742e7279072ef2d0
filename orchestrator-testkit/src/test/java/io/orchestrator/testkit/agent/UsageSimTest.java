package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.runtime.RuntimeCall;
import io.orchestrator.testkit.runtime.RuntimeFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node says its pods use, and what it costs to know. */
class UsageSimTest {
    private static final long MIB = 1024 * 1024;

    @TempDir
    Path directory;

    private final AtomicInteger looks = new AtomicInteger();
    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.engine.program(UsageSimTest::behaviour);
        sim.engine.when(this::counted, new RuntimeFault.Hang());
    }

    private boolean counted(RuntimeCall call) {
        if (call.verb() == RuntimeCall.Verb.STATS) {
            looks.incrementAndGet();
        }
        return false;
    }

    private static Optional<Behaviour> behaviour(ContainerSpec spec) {
        return Optional.of(
                spec.name().equals("busy")
                        ? Behaviour.runs().uses(250, 64 * MIB)
                        : Behaviour.runs().uses(10, MIB));
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private CompletableFuture<NodeUsage> ask() {
        return sim.agent.usage().toCompletableFuture();
    }

    @Test
    void theFirstQuestionTakesASecondAndSaysWhatEachContainerUses() {
        sim.run(Pod.named("web").container("busy", "web:1").container("side", "side:1"));
        sim.seconds(30);

        CompletableFuture<NodeUsage> asked = ask();
        assertThat(asked).isNotDone();
        sim.seconds(2);

        NodeUsage usage = asked.join();
        assertThat(usage.pods()).singleElement().satisfies(pod -> {
            assertThat(pod.pod().name()).isEqualTo("web");
            assertThat(pod.containers())
                    .extracting(NodeUsage.OfContainer::name)
                    .containsExactlyInAnyOrder("busy", "side");
            assertThat(pod.nanoCores()).isEqualTo(260_000_000);
            assertThat(pod.memoryWorkingSetBytes()).isEqualTo(65 * MIB);
        });
        assertThat(usage.window()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void atRestNoContainerIsLookedAt() {
        sim.run(Pod.named("web").container("busy", "web:1"));
        sim.advance(Duration.ofMinutes(10));
        assertThat(looks).hasValue(0);

        ask();
        sim.advance(Duration.ofMinutes(10));
        int whileAsked = looks.get();
        assertThat(whileAsked)
                .as("two at first, then each quarter of a minute for two minutes")
                .isBetween(2, 11);

        sim.advance(Duration.ofMinutes(10));
        assertThat(looks).as("nobody asked any more").hasValue(whileAsked);
    }

    @Test
    void whoKeepsAskingGetsTheLatestOfOneMeasurementForAll() {
        sim.run(Pod.named("web").container("busy", "web:1"));
        sim.seconds(30);
        ask();
        sim.seconds(2);
        int first = looks.get();

        for (int i = 0; i < 60; i++) {
            assertThat(ask()).isCompleted();
            assertThat(ask()).isCompleted();
            sim.seconds(1);
        }
        assertThat(looks.get() - first).isBetween(3, 4);
        assertThat(ask().join().window()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aPodThatStartedSinceIsMeasuredFromItsStart() {
        sim.run(Pod.named("old").container("busy", "web:1"));
        sim.seconds(30);
        ask();
        sim.seconds(2);
        sim.run(Pod.named("new").container("busy", "web:1"));
        sim.advance(Duration.ofMillis(300));
        CompletableFuture<NodeUsage> asked = ask();
        assertThat(asked).as("too young to be measured").isNotDone();
        sim.seconds(1);

        assertThat(asked.join().pods())
                .hasSize(2)
                .allSatisfy(pod -> assertThat(pod.nanoCores()).isEqualTo(250_000_000));
    }

    @Test
    void aLookForANewPodJustBehindTheUsualOneLeavesNobodyOut() {
        sim.run(Pod.named("old").container("busy", "web:1"));
        sim.seconds(30);
        ask();
        sim.advance(Duration.ofMillis(14_500));
        List<CompletableFuture<NodeUsage>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // Somewhere in here the look of each quarter of a minute and those for new pods come close to each other.
            sim.run(Pod.named("new-" + i).container("busy", "web:1"));
            for (int tenth = 0; tenth < 3; tenth++) {
                answers.add(ask());
                sim.advance(Duration.ofMillis(100));
            }
        }
        sim.seconds(2);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().pods())
                        .extracting(pod -> pod.pod().name())
                        .contains("old"));
    }

    @Test
    void aPodOfWhichOneContainerCannotBeLookedAtIsLeftOutAndHoldsUpNobody() throws Exception {
        sim.run(Pod.named("well").container("busy", "web:1"));
        sim.run(Pod.named("ill").container("side", "web:1").container("busy", "web:1"));
        sim.seconds(30);
        try (var fault = sim.engine.when(
                call -> call.verb() == RuntimeCall.Verb.STATS && call.subject().contains("side"),
                new RuntimeFault.Fail(RuntimeFailure.Kind.UNAVAILABLE, "not now"))) {
            CompletableFuture<NodeUsage> asked = ask();
            sim.seconds(2);
            assertThat(asked.join().pods()).extracting(pod -> pod.pod().name()).containsExactly("well");
        }
    }

    /** Whoever collects figures takes a counter that falls for one that began anew. */
    @Test
    void theCpuTimeOfTheNodeNeverFalls() {
        sim.run(Pod.named("gone").container("busy", "web:1"));
        sim.run(Pod.named("stays").container("side", "side:1"));
        sim.seconds(60);
        CompletableFuture<NodeUsage> asked = ask();
        sim.seconds(2);
        long before = asked.join().cpuNanos();
        assertThat(before).isGreaterThan(Duration.ofSeconds(10).toNanos());
        sim.client.pods().delete("gone");
        sim.seconds(60);

        assertThat(ask().join().pods()).hasSize(1);
        assertThat(ask().join().cpuNanos()).isGreaterThan(before);

        sim.advance(Duration.ofMinutes(30));
        CompletableFuture<NodeUsage> later = ask();
        sim.seconds(2);
        long rested = later.join().cpuNanos() - before;
        assertThat(rested)
                .isBetween(
                        Duration.ofSeconds(17).toNanos(), Duration.ofSeconds(40).toNanos());
    }
}
