package io.orchestrator.testkit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the runtime contracts share: a provider that is opened before each test and left empty after it, owners and pods
 * with fresh names, and waiting. A subclass on virtual time overrides {@link #await}, {@link #pass} and {@link #nanoTime}.
 *
 * <p>A test has a thread of its own, since the streams of some runtimes block whatever is done to their reader: the test
 * fails after its time nevertheless, and what it left is removed.
 */
@Timeout(value = RuntimeFixture.TEST_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RuntimeFixture {
    /** The most that one call may take, pulls aside. */
    protected static final Duration CALL = Duration.ofSeconds(60);

    /** The most that one test may take: several calls, and none that hangs. */
    static final int TEST_SECONDS = 240;

    private static final Duration PULL = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<RuntimeOwner> owners = new ArrayList<>();
    private final String cluster = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    protected RuntimeProvider provider;
    protected RuntimePrograms programs;
    protected RuntimeOwner owner;
    protected ContainerRuntime runtime;

    /** A provider of the engine. Called again in a test, it leads to the same pods as before. */
    protected abstract RuntimeProvider open() throws Exception;

    protected abstract RuntimePrograms programs();

    /** Checks of the subject's own after each test, when no pod is left: ports, addresses, directories, threads. */
    protected void assertNothingLeft() throws Exception {}

    @BeforeEach
    void openProvider() throws Exception {
        programs = programs();
        provider = open();
        owner = newOwner("node-a");
        runtime = provider.forNode(owner);
        if (await(runtime.images().find(programs.image()), CALL).isEmpty()) {
            await(runtime.images().pull(programs.image(), null, progress -> {}), PULL);
        }
    }

    @AfterEach
    void leaveNothing() throws Exception {
        runtime.close();
        for (RuntimeOwner used : owners) {
            try (ContainerRuntime view = provider.forNode(used)) {
                for (SandboxState sandbox : await(view.list(), CALL).sandboxes()) {
                    await(view.removeSandbox(sandbox.id()), CALL);
                }
                assertThat(await(view.list(), CALL).sandboxes()).isEmpty();
                assertThat(await(view.list(), CALL).containers()).isEmpty();
            }
        }
        provider.close();
        assertNothingLeft();
    }

    /** The stage's value, or its failure. A stage that is still open after that time fails the test. */
    protected <T> T await(CompletionStage<T> stage, Duration within) {
        try {
            return stage.toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError("a stage of the runtime failed with a checked exception", e);
        } catch (TimeoutException e) {
            throw new AssertionError("a call of the runtime took longer than " + within, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Lets that much time go by. */
    protected void pass(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Monotonic time as the runtime has it. */
    protected long nanoTime() {
        return System.nanoTime();
    }

    protected final <T> T await(CompletionStage<T> stage) {
        return await(stage, CALL);
    }

    protected final void eventually(String what, BooleanSupplier holds) {
        long deadline = nanoTime() + CALL.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(nanoTime()).as("time until " + what).isLessThan(deadline);
            pass(POLL);
        }
    }

    protected final void assumeAble(Ability ability) {
        assumeTrue(can(ability), () -> "the runtime does not declare " + ability);
    }

    protected final boolean can(Ability ability) {
        return await(runtime.info()).abilities().contains(ability);
    }

    protected final RuntimeOwner newOwner(String node) {
        RuntimeOwner fresh = new RuntimeOwner(cluster, node);
        owners.add(fresh);
        return fresh;
    }

    protected final RuntimeOwner newOwnerOfAnotherCluster() {
        RuntimeOwner fresh = new RuntimeOwner(cluster + "-other", owner.nodeName());
        owners.add(fresh);
        return fresh;
    }

    protected final PodIdentity pod(String name) {
        return new PodIdentity("default", name, UUID.randomUUID().toString());
    }

    protected final SandboxSpec sandbox(PodIdentity pod, int attempt) {
        return new SandboxSpec(
                pod.uid() + "-" + attempt,
                attempt,
                pod,
                pod.name(),
                "",
                SandboxSpec.DnsSetup.engineDefault(),
                Map.of(),
                List.of(),
                SandboxSpec.Namespaces.ofPod(),
                "",
                Map.of(),
                Map.of("app", pod.name()),
                Map.of("note/of", "the sandbox"));
    }

    protected final ContainerSpec container(PodIdentity pod, String name, List<String> command) {
        return container(pod, name, 0, command, List.of(), Map.of(), "");
    }

    protected final ContainerSpec container(
            PodIdentity pod,
            String name,
            int attempt,
            List<String> command,
            List<String> args,
            Map<String, String> env,
            String workingDir) {
        return new ContainerSpec(
                pod.uid() + "-" + name + "-" + attempt,
                pod.uid() + "-0",
                "",
                pod,
                name,
                attempt,
                programs.image(),
                "",
                command,
                args,
                env,
                workingDir,
                List.of(),
                ContainerSpec.Resources.unlimited(),
                ContainerSpec.Security.defaults(),
                false,
                false,
                false,
                "",
                Map.of("app", pod.name()),
                Map.of("note/of", "the container"));
    }

    /** The same with an input that ends with the first who attaches to it. */
    protected final ContainerSpec withInput(ContainerSpec spec) {
        return new ContainerSpec(
                spec.id(),
                spec.sandboxId(),
                spec.targetId(),
                spec.pod(),
                spec.name(),
                spec.attempt(),
                spec.image(),
                spec.imageId(),
                spec.command(),
                spec.args(),
                spec.env(),
                spec.workingDir(),
                spec.mounts(),
                spec.resources(),
                spec.security(),
                spec.tty(),
                true,
                true,
                spec.stopSignal(),
                spec.labels(),
                spec.annotations());
    }

    /** Sandbox and container of a fresh pod, running. */
    protected final ContainerSpec run(String podName, List<String> command) {
        PodIdentity pod = pod(podName);
        await(runtime.createSandbox(sandbox(pod, 0)));
        return start(container(pod, "main", command));
    }

    protected final ContainerSpec start(ContainerSpec spec) {
        await(runtime.createContainer(spec));
        await(runtime.startContainer(spec.id()));
        return spec;
    }

    protected final Optional<ContainerState> find(String containerId) {
        return await(runtime.list()).containers().stream()
                .filter(container -> container.id().equals(containerId))
                .findFirst();
    }

    protected final ContainerState awaitExit(String containerId) {
        eventually(
                containerId + " has ended",
                () -> find(containerId).orElseThrow().phase() == ContainerState.Phase.EXITED);
        return find(containerId).orElseThrow();
    }

    protected final String logOf(ContainerSpec spec, LogQuery query) {
        try (LogStream stream = await(runtime.logs(spec.id(), query))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] piece = stream.read(); piece != null; piece = stream.read()) {
                all.write(piece);
            }
            return all.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("the log cannot be read", e);
        }
    }

    protected final RuntimeFailure failureOf(CompletionStage<?> stage) {
        try {
            await(stage);
        } catch (RuntimeFailure failure) {
            return failure;
        }
        throw new AssertionError("the call succeeded, which it should not");
    }

    protected static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
