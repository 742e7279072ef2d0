package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerStats;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.Images;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.ResizableContainers;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.RuntimeInfo;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.spi.runtime.WritableLayers;
import io.orchestrator.testkit.runtime.RuntimeCall.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's pods in a simulated engine. The maps are guarded by the engine's lock. */
final class SimulatedNode implements ContainerRuntime, ResizableContainers, WritableLayers {
    static final int KILLED = 128 + 9;
    final Map<String, SandboxState> sandboxes = new LinkedHashMap<>();
    final Map<String, SimulatedContainer> containers = new LinkedHashMap<>();
    private final SimulatedRuntime engine;
    private final RuntimeOwner owner;
    private final SimulatedImages images;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    SimulatedNode(SimulatedRuntime engine, RuntimeOwner owner) {
        this.engine = engine;
        this.owner = owner;
        this.images = new SimulatedImages(engine, this);
    }

    @Override
    public CompletionStage<RuntimeInfo> info() {
        return call(Verb.INFO, "", () -> new RuntimeInfo("simulated", "1", "", engine.abilities()));
    }

    @Override
    public CompletionStage<RuntimeState> list() {
        return call(
                Verb.LIST,
                "",
                () -> new RuntimeState(
                        List.copyOf(sandboxes.values()),
                        containers.values().stream()
                                .map(container -> container.state(engine.told(container.resources)))
                                .toList()));
    }

    @Override
    public AutoCloseable onChange(Consumer<String> podUid) {
        Consumer<String> own = podUid::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    @Override
    public CompletionStage<SandboxState> createSandbox(SandboxSpec spec) {
        return call(Verb.CREATE_SANDBOX, spec.id(), () -> {
            SandboxState known = sandboxes.get(spec.id());
            if (known != null) {
                return known;
            }
            SandboxState made = new SandboxState(
                    spec.id(),
                    spec.attempt(),
                    spec.pod(),
                    true,
                    List.of(engine.takeAddress()),
                    engine.now(),
                    spec.labels(),
                    spec.annotations());
            sandboxes.put(spec.id(), made);
            changed(spec.pod().uid());
            return made;
        });
    }

    @Override
    public CompletionStage<Void> stopSandbox(String sandboxId) {
        return call(Verb.STOP_SANDBOX, sandboxId, () -> {
            killSandbox(sandboxId);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> removeSandbox(String sandboxId) {
        return call(Verb.REMOVE_SANDBOX, sandboxId, () -> {
            killSandbox(sandboxId);
            SandboxState gone = sandboxes.remove(sandboxId);
            if (gone != null) {
                containers
                        .values()
                        .removeIf(container -> container.spec.sandboxId().equals(sandboxId));
                changed(gone.pod().uid());
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Void> createContainer(ContainerSpec spec) {
        return call(Verb.CREATE_CONTAINER, spec.id(), () -> {
            if (containers.containsKey(spec.id())) {
                return null;
            }
            SandboxState sandbox = sandboxes.get(spec.sandboxId());
            if (sandbox == null || !sandbox.ready()) {
                throw new RuntimeFailure(Kind.NOT_FOUND, "no running sandbox " + spec.sandboxId());
            }
            Images.Image image = images.present(spec.image());
            if (image == null) {
                throw new RuntimeFailure(Kind.NOT_FOUND, "no image " + spec.image());
            }
            containers.put(
                    spec.id(),
                    new SimulatedContainer(spec, image.id(), engine.behaviour(spec), engine.newLog(), engine.now()));
            changed(spec.pod().uid());
            return null;
        });
    }

    @Override
    public CompletionStage<Void> startContainer(String containerId) {
        return callLater(Verb.START_CONTAINER, containerId, () -> {
            SimulatedContainer container = found(containerId);
            if (container.starting == null) {
                CompletableFuture<Void> starting = new CompletableFuture<>();
                container.starting = starting;
                engine.after(container.behaviour.startDelay(), () -> started(container, starting));
            }
            return container.starting;
        });
    }

    private void started(SimulatedContainer container, CompletableFuture<Void> starting) {
        Behaviour behaviour = container.behaviour;
        if (!behaviour.startFailure().isEmpty() || containers.get(container.spec.id()) != container) {
            container.starting = null;
            if (!behaviour.startFailure().isEmpty()) {
                neverStarts(container);
            }
            engine.fail(
                    starting,
                    behaviour.startFailure().isEmpty()
                            ? new RuntimeFailure(Kind.NOT_FOUND, "removed while it was started")
                            : new RuntimeFailure(Kind.CANNOT_START, behaviour.startFailure()));
            return;
        }
        container.startedAt = engine.now();
        engine.recordStart(owner, container);
        behaviour.output().forEach(line -> container.log.print(engine.now(), line));
        if (behaviour.exitsAfter() != null) {
            engine.after(behaviour.exitsAfter(), () -> end(container, behaviour.exitCode(), behaviour.outOfMemory()));
        }
        changed(container.spec.pod().uid());
        engine.complete(starting, null);
    }

    private void neverStarts(SimulatedContainer container) {
        container.finishedAt = engine.now();
        container.exitCode = 128;
        container.message = container.behaviour.startFailure();
        container.log.end();
        changed(container.spec.pod().uid());
        engine.complete(container.ended, null);
    }

    @Override
    public CompletionStage<Void> stopContainer(String containerId, Duration grace) {
        return callLater(Verb.STOP_CONTAINER, containerId, () -> {
            SimulatedContainer container = containers.get(containerId);
            if (container == null || !container.running()) {
                return CompletableFuture.completedFuture(null);
            }
            Duration listens = container.behaviour.termDelay();
            boolean obeys = listens != null && listens.compareTo(grace) <= 0;
            engine.after(
                    listens != null && obeys ? listens : grace,
                    () -> end(container, obeys ? container.behaviour.termExitCode() : KILLED, false));
            return container.ended;
        });
    }

    @Override
    public CompletionStage<Void> removeContainer(String containerId) {
        return call(Verb.REMOVE_CONTAINER, containerId, () -> {
            SimulatedContainer container = containers.get(containerId);
            if (container != null) {
                end(container, KILLED, false);
                containers.remove(containerId);
                changed(container.spec.pod().uid());
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Void> resize(String containerId, ContainerSpec.Resources resources) {
        return call(Verb.RESIZE_CONTAINER, containerId, () -> {
            SimulatedContainer container = found(containerId);
            container.resources = resources;
            changed(container.spec.pod().uid());
            return null;
        });
    }

    /** Its containers write nothing beside their volumes. */
    @Override
    public CompletionStage<Long> writtenBytes(String containerId) {
        return call(Verb.WRITTEN_BYTES, containerId, () -> 0L);
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public CompletionStage<LogStream> logs(String containerId, LogQuery query) {
        return call(Verb.LOGS, containerId, () -> found(containerId).log.open(query));
    }

    @Override
    public CompletionStage<ExecSession> exec(String containerId, ExecSpec spec) {
        return call(Verb.EXEC, containerId, () -> {
            SimulatedContainer container = found(containerId);
            if (!container.running()) {
                throw new RuntimeFailure(Kind.INVALID, "container " + containerId + " does not run");
            }
            return new SimulatedExec(spec, container.behaviour.exec());
        });
    }

    @Override
    public CompletionStage<ExecSession> attach(String containerId, boolean stdin) {
        return call(Verb.ATTACH, containerId, () -> {
            SimulatedContainer container = found(containerId);
            if (!container.running()) {
                throw new RuntimeFailure(Kind.INVALID, "container " + containerId + " does not run");
            }
            LogStream output = container.log.open(new LogQuery(true, false, 0, null, 0));
            boolean writes = stdin && container.spec.stdin();
            return new SimulatedAttachment(output, container.ended, writes ? input -> hear(container, input) : null);
        });
    }

    /** The input of a container has ended. */
    private void hear(SimulatedContainer container, byte[] input) {
        if (!container.spec.stdinOnce()) {
            return;
        }
        engine.after(Duration.ZERO, () -> {
            if (container.running()) {
                Behaviour.ExecAnswer answer = container.behaviour.exec().run(List.of(), input);
                (answer.stdout() + answer.stderr()).lines().forEach(line -> container.log.print(engine.now(), line));
                end(container, answer.code(), false);
            }
        });
    }

    @Override
    public CompletionStage<ContainerStats> stats(String containerId) {
        return call(Verb.STATS, containerId, () -> {
            return found(containerId).stats(engine.now());
        });
    }

    @Override
    public void close() {
        listeners.clear();
    }

    /** Under the lock: ends a container that runs; does nothing to another. */
    void end(SimulatedContainer container, int code, boolean outOfMemory) {
        if (container.running()) {
            container.finishedAt = engine.now();
            container.exitCode = code;
            container.outOfMemory = outOfMemory;
            container.log.end();
            changed(container.spec.pod().uid());
            engine.complete(container.ended, null);
        }
    }

    /** Under the lock. */
    void killSandbox(String sandboxId) {
        SandboxState sandbox = sandboxes.get(sandboxId);
        if (sandbox == null || !sandbox.ready()) {
            return;
        }
        engine.giveBack(sandbox.addresses());
        sandboxes.put(
                sandboxId,
                new SandboxState(
                        sandbox.id(),
                        sandbox.attempt(),
                        sandbox.pod(),
                        false,
                        List.of(),
                        sandbox.createdAt(),
                        sandbox.labels(),
                        sandbox.annotations()));
        for (SimulatedContainer container : new ArrayList<>(containers.values())) {
            if (container.spec.sandboxId().equals(sandboxId)) {
                end(container, KILLED, false);
            }
        }
        changed(sandbox.pod().uid());
    }

    <T> CompletionStage<T> call(Verb verb, String subject, Supplier<@Nullable T> effect) {
        return callLater(verb, subject, () -> CompletableFuture.<T>completedFuture(effect.get()));
    }

    <T> CompletionStage<T> callLater(Verb verb, String subject, Supplier<CompletionStage<T>> effect) {
        return engine.call(new RuntimeCall(owner, verb, subject), effect);
    }

    private void changed(String podUid) {
        listeners.forEach(listener -> engine.tell(() -> listener.accept(podUid)));
    }

    private SimulatedContainer found(String containerId) {
        SimulatedContainer container = containers.get(containerId);
        if (container == null) {
            throw new RuntimeFailure(Kind.NOT_FOUND, "no container " + containerId);
        }
        return container;
    }

    /** Under the lock. */
    List<ContainerState> states() {
        return containers.values().stream().map(SimulatedContainer::state).toList();
    }
}
