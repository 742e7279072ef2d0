package io.orchestrator.spi.runtime;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Runs the pods of one node: a sandbox per pod, which owns its address and name, and containers that join it.
 *
 * <p><b>Calls</b> return at once; their stage completes on a thread of the runtime, on which a caller must not block. A
 * stage that fails completes with a {@link RuntimeFailure}. Each call ends within the runtime's own deadline; callers
 * set their own as well.
 *
 * <p><b>Idempotence.</b> Names are deterministic ({@link SandboxSpec#id()}, {@link ContainerSpec#id()}): creating what
 * exists with the same id adopts it, starting what runs and stopping or removing what is gone succeed. After a failure
 * or a lost answer the same call may simply be made again.
 *
 * <p><b>Truth</b> comes from {@link #list()} alone; {@link #onChange} only says when to look.
 *
 * <p>Implementations inherit {@code ContainerRuntimeContract} of the testkit.
 */
public interface ContainerRuntime extends AutoCloseable {

    /** Name, version and what it can isolate. */
    CompletionStage<RuntimeInfo> info();

    /** All sandboxes and containers of this owner, running or not, with the labels and annotations they were made with. */
    CompletionStage<RuntimeState> list();

    /** Calls back, coalesced and without a promise of completeness, when the state of a pod (by uid) may have changed. */
    AutoCloseable onChange(Consumer<String> podUid);

    /** Creates and starts the pod's sandbox; completes when it has its address. */
    CompletionStage<SandboxState> createSandbox(SandboxSpec spec);

    /** Ends the sandbox and kills whatever still runs in it. */
    CompletionStage<Void> stopSandbox(String sandboxId);

    /** Removes the sandbox, its containers and all that was allocated for them. Stops it first where it still runs. */
    CompletionStage<Void> removeSandbox(String sandboxId);

    /** Creates a container in a running sandbox without starting it. Its image must be present. */
    CompletionStage<Void> createContainer(ContainerSpec spec);

    /**
     * Begins a container that was created. One whose program cannot be begun fails with {@code CANNOT_START} and has ended
     * then: with code 128, never started, and the reason as its message.
     */
    CompletionStage<Void> startContainer(String containerId);

    /** Asks the container to end, and kills it when it still runs after the grace period. Completes when it has ended. */
    CompletionStage<Void> stopContainer(String containerId, Duration grace);

    /** Removes an ended container with its log. A running one is killed first. */
    CompletionStage<Void> removeContainer(String containerId);

    Images images();

    /** The container's output. Completes when the stream is open; the stream ends by itself unless it follows. */
    CompletionStage<LogStream> logs(String containerId, LogQuery query);

    /** Runs a command in a running container. Completes when it has been started. */
    CompletionStage<ExecSession> exec(String containerId, ExecSpec spec);

    /**
     * Joins a running container itself: what it says from now on, and its input where it was made with one. Completes when
     * it has been joined. The session's streams end when the container does, and its code is then 0: the container's own
     * is in its state. Closing the session leaves the container running; the end of the session's input is that of the
     * container's where it was made with {@code stdinOnce}. Its terminal, where it has one, takes the size that it is told.
     *
     * @param stdin whether the session writes to the container's input
     */
    CompletionStage<ExecSession> attach(String containerId, boolean stdin);

    /** Use of resources at this moment, for the containers that run. */
    CompletionStage<ContainerStats> stats(String containerId);

    /** Frees what this view holds; pods run on. Idempotent. */
    @Override
    void close();
}
