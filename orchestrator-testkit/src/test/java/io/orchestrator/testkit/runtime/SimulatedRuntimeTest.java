package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.runtime.RuntimeCall.Verb;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SimulatedRuntimeTest extends ContainerRuntimeContract {
    private final VirtualTime time = VirtualTime.inOrder();
    private final SimulatedRuntime engine =
            new SimulatedRuntime(time.environment(new Random(1)), time::step).program(SimulatedPrograms::behaviour);

    @Override
    protected RuntimeProvider open() {
        return engine;
    }

    @Override
    protected RuntimePrograms programs() {
        return new SimulatedPrograms();
    }

    @Override
    protected <T> T await(CompletionStage<T> stage, Duration within) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        long deadline = time.nanoTime() + within.toNanos();
        while (!future.isDone() && time.nanoTime() < deadline && time.step()) {
            // each step runs one task
        }
        return super.await(future, Duration.ZERO);
    }

    @Override
    protected void pass(Duration span) {
        time.advance(span);
    }

    @Override
    protected long nanoTime() {
        return time.nanoTime();
    }

    @Test
    void aHangingCallDelaysNoOther() throws Exception {
        PodIdentity pod = pod("stuck");
        try (AutoCloseable fault = engine.when(call -> call.verb() == Verb.CREATE_SANDBOX, new RuntimeFault.Hang())) {
            assertThat(fault).isNotNull();
            CompletableFuture<?> stuck = runtime.createSandbox(sandbox(pod, 0)).toCompletableFuture();
            assertThat(await(runtime.list()).sandboxes()).isEmpty();
            time.advance(Duration.ofHours(1));
            assertThat(stuck).isNotDone();
        }
        assertThat(await(runtime.createSandbox(sandbox(pod, 0))).ready()).isTrue();
    }

    @Test
    void aLostAnswerLeavesTheEffect() throws Exception {
        PodIdentity pod = pod("lost");
        try (AutoCloseable fault =
                engine.when(call -> call.verb() == Verb.CREATE_SANDBOX, new RuntimeFault.LoseAnswer())) {
            assertThat(fault).isNotNull();
            assertThat(failureOf(runtime.createSandbox(sandbox(pod, 0))).kind())
                    .isEqualTo(RuntimeFailure.Kind.UNAVAILABLE);
        }
        assertThat(await(runtime.list()).sandboxes()).hasSize(1);
    }

    @Test
    void anEngineThatIsAwayFailsEveryCallAndKeepsItsPods() throws Exception {
        ContainerSpec spec = run("survivor", programs.runsForever());
        try (AutoCloseable fault = engine.away()) {
            assertThat(fault).isNotNull();
            assertThat(failureOf(runtime.list()).kind()).isEqualTo(RuntimeFailure.Kind.UNAVAILABLE);
        }
        assertThat(find(spec.id()).orElseThrow().finishedAt()).isNull();
    }

    @Test
    void pullsTakeTheirTimeAndMayFail() {
        engine.pull("slow:1", ImageBehaviour.pulledIn(Duration.ofSeconds(90)));
        engine.pull("bad:1", ImageBehaviour.notPullable("manifest unknown"));

        await(runtime.images().pull("slow:1", null, words -> {}), Duration.ofMinutes(5));

        assertThat(time.nanoTime())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(90).toNanos());
        RuntimeFailure failure = failureOf(runtime.images().pull("bad:1", null, words -> {}));
        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.IMAGE);
        assertThat(failure).hasMessage("manifest unknown");
    }

    @Test
    void readinessAndHealthFollowTheBehaviour() {
        engine.program(spec -> java.util.Optional.of(
                Behaviour.runs().readyAfter(Duration.ofSeconds(10)).healthyFor(Duration.ofSeconds(60))));
        ContainerSpec spec = run("probed", List.of("anything"));

        assertThat(engine.answersReadiness(spec.id())).isFalse();
        assertThat(engine.answersLiveness(spec.id())).isTrue();
        time.advance(Duration.ofSeconds(11));
        assertThat(engine.answersReadiness(spec.id())).isTrue();
        time.advance(Duration.ofSeconds(60));
        assertThat(engine.answersLiveness(spec.id())).isFalse();
    }

    @Test
    void addressesAreGivenBack() {
        for (int i = 0; i < 1000; i++) {
            ContainerSpec spec = run("short", programs.exits(0));
            await(runtime.removeSandbox(spec.sandboxId()));
        }

        ContainerSpec last = run("last", programs.runsForever());
        assertThat(last).isNotNull();
        assertThat(engine.sandboxes().get(0).addresses().get(0)).startsWith("10.128.0.");
    }
}
