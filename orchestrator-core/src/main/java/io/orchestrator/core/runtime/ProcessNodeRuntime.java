package io.orchestrator.core.runtime;

import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState.Phase;
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
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.spi.runtime.SharedMounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's view: the verbs, and the look every quarter of a second at those containers that write, by which the times of their
 * output are known, and now and then at the others, by which ends are noticed that nobody reported.
 */
final class ProcessNodeRuntime implements ContainerRuntime, ResizableContainers, SharedMounts {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessNodeRuntime.class);
    private static final long LOOK_MILLIS = 250;
    private static final Duration INFANCY = Duration.ofMillis(200);
    private static final long GONE_MILLIS = 20;
    private static final int LOOKS_FOR_GONE = 500;

    private final ProcessNode node;
    private final ProcessImages images;
    private final CompletableFuture<Optional<ProcessMounts>> mounts;
    private final Environment environment;
    private final ContainerLooks looks;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledFuture<?> looking;
    private @Nullable Look looked;

    ProcessNodeRuntime(
            ProcessNode node,
            ProcessImages images,
            CompletableFuture<Optional<ProcessMounts>> mounts,
            FolderWatch watch,
            Environment environment) {
        this.node = node;
        this.images = images;
        this.mounts = mounts;
        this.environment = environment;
        this.looks = new ContainerLooks(watch);
        this.looking = environment
                .timers()
                .scheduleWithFixedDelay(() -> execute(this::look), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<RuntimeInfo> info() {
        boolean loopback = System.getProperty("os.name", "").startsWith("Linux");
        return mounts.thenApply(possible -> {
            Set<Ability> abilities = EnumSet.noneOf(Ability.class);
            if (loopback) {
                abilities.add(Ability.POD_ADDRESS);
            }
            if (node.isLimiting()) {
                abilities.add(Ability.RESOURCE_LIMITS);
            }
            if (node.hasUsers()) {
                abilities.add(Ability.USERS);
            }
            if (possible.isPresent()) {
                abilities.add(Ability.MOUNTS);
                abilities.add(Ability.RESOLVER);
            }
            return new RuntimeInfo("process", "1", "", abilities);
        });
    }

    /** Containers go from the namespace of this process into their own. */
    @Override
    public CompletionStage<Boolean> sees(String sandboxId, Path place) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<RuntimeState> list() {
        return call(node::state);
    }

    @Override
    public AutoCloseable onChange(Consumer<String> podUid) {
        Consumer<String> own = podUid::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    @Override
    public CompletionStage<SandboxState> createSandbox(SandboxSpec spec) {
        return call(() -> {
            SandboxState made = node.createSandbox(spec);
            changed(spec.pod().uid());
            return made;
        });
    }

    @Override
    public CompletionStage<Void> stopSandbox(String sandboxId) {
        return call(() -> node.containersOf(sandboxId))
                .thenCompose(containers ->
                        allOf(containers.stream().map(this::killAndAwait).toList()))
                .thenCompose(killed -> call(() -> {
                    node.markStopped(sandboxId);
                    node.sandbox(sandboxId)
                            .ifPresent(sandbox -> changed(sandbox.spec().pod().uid()));
                    return null;
                }));
    }

    @Override
    public CompletionStage<Void> removeSandbox(String sandboxId) {
        return stopSandbox(sandboxId)
                .thenCompose(stopped -> call(() -> {
                    for (ProcessContainer container : node.containersOf(sandboxId)) {
                        node.forgetContainer(container);
                    }
                    node.forgetSandbox(sandboxId);
                    return null;
                }));
    }

    @Override
    public CompletionStage<Void> createContainer(ContainerSpec spec) {
        return call(() -> {
            node.createContainer(spec);
            changed(spec.pod().uid());
            return null;
        });
    }

    @Override
    public CompletionStage<Void> startContainer(String containerId) {
        return call(() -> {
            ProcessContainer container = node.container(containerId);
            container.start(surroundings(container), () -> execute(() -> look(container)));
            changed(container.spec().pod().uid());
            return null;
        });
    }

    @Override
    public CompletionStage<Void> stopContainer(String containerId, Duration grace) {
        return call(() -> node.find(containerId)).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            ProcessContainer container = found.get();
            return call(container::phase).thenCompose(phase -> {
                if (phase != Phase.RUNNING) {
                    return CompletableFuture.completedFuture(null);
                }
                if (grace.isZero() || grace.isNegative()) {
                    return killAndAwait(container);
                }
                ScheduledFuture<?> kill = environment
                        .timers()
                        .schedule(
                                () -> execute(() -> killAndAwait(container)), grace.toMillis(), TimeUnit.MILLISECONDS);
                return ask(container)
                        .thenCompose(asked -> container.ended().minimalCompletionStage())
                        .thenCompose(ended -> awaitGone(container, LOOKS_FOR_GONE))
                        .whenComplete((gone, failure) -> kill.cancel(false));
            });
        });
    }

    /**
     * A signal that comes while a shell turns into its command is lost on both, so that one is not sent in the first
     * moments of a container's life.
     */
    private CompletionStage<Void> ask(ProcessContainer container) {
        return call(container::state).thenCompose(state -> {
            Duration age = state.startedAt() == null
                    ? INFANCY
                    : Duration.between(state.startedAt(), environment.clock().instant());
            CompletableFuture<Void> grown = new CompletableFuture<>();
            long wait = Math.max(0, INFANCY.minus(age).toMillis());
            environment.timers().schedule(() -> execute(() -> grown.complete(null)), wait, TimeUnit.MILLISECONDS);
            return grown.thenCompose(now -> call(() -> {
                container.ask();
                return null;
            }));
        });
    }

    private CompletionStage<Void> killAndAwait(ProcessContainer container) {
        return call(container::phase).thenCompose(phase -> {
            CompletionStage<Void> killed = call(() -> {
                container.kill();
                return null;
            });
            CompletionStage<Void> ended = phase == Phase.RUNNING
                    ? killed.thenCompose(done -> container.ended().minimalCompletionStage())
                    : killed;
            return ended.thenCompose(done -> awaitGone(container, LOOKS_FOR_GONE));
        });
    }

    /** A killed process lives until the system gets round to it, and holds its ports until then. */
    private CompletionStage<Void> awaitGone(ProcessContainer container, int looks) {
        return call(container::isGone).thenCompose(gone -> {
            if (gone) {
                return CompletableFuture.completedFuture(null);
            }
            if (looks == 0) {
                throw new RuntimeFailure(
                        Kind.UNAVAILABLE,
                        "processes of container " + container.spec().id() + " do not end when they are killed");
            }
            CompletableFuture<Void> later = new CompletableFuture<>();
            environment
                    .timers()
                    .schedule(() -> execute(() -> later.complete(null)), GONE_MILLIS, TimeUnit.MILLISECONDS);
            return later.thenCompose(now -> call(() -> {
                        container.kill();
                        return null;
                    }))
                    .thenCompose(killed -> awaitGone(container, looks - 1));
        });
    }

    @Override
    public CompletionStage<Void> removeContainer(String containerId) {
        return call(() -> node.find(containerId)).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            return killAndAwait(found.get())
                    .thenCompose(killed -> call(() -> {
                        node.forgetContainer(found.get());
                        changed(found.get().spec().pod().uid());
                        return null;
                    }));
        });
    }

    @Override
    public CompletionStage<Void> resize(String containerId, ContainerSpec.Resources resources) {
        return call(() -> {
            ProcessContainer container = node.container(containerId);
            node.resize(container, resources);
            changed(container.spec().pod().uid());
            return null;
        });
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public CompletionStage<LogStream> logs(String containerId, LogQuery query) {
        return call(() -> {
            ProcessContainer container = node.container(containerId);
            return container.log().open(query, () -> container.ended().isDone() || isGone(container));
        });
    }

    private boolean isGone(ProcessContainer container) {
        return node.find(container.spec().id()).isEmpty();
    }

    @Override
    public CompletionStage<ExecSession> exec(String containerId, ExecSpec spec) {
        return call(() -> {
            ProcessContainer container = node.container(containerId);
            if (container.phase() != Phase.RUNNING) {
                throw new RuntimeFailure(Kind.INVALID, "container " + containerId + " does not run");
            }
            return container.exec(spec, surroundings(container));
        });
    }

    @Override
    public CompletionStage<ExecSession> attach(String containerId, boolean stdin) {
        return call(() -> {
            ProcessContainer container = node.container(containerId);
            return container.attach(stdin, () -> isGone(container));
        });
    }

    @Override
    public CompletionStage<ContainerStats> stats(String containerId) {
        return call(() -> {
            ProcessContainer container = node.container(containerId);
            Look look = processes();
            ProcessGroup.Usage usage = container.usage(look.table());
            return new ContainerStats(look.at(), usage.cpuNanos(), usage.memoryBytes());
        });
    }

    /** Who looks at many containers in a row looks at one table. */
    private synchronized Look processes() {
        Instant now = environment.clock().instant();
        Look known = looked;
        if (known == null || Duration.between(known.at(), now).abs().toMillis() > LOOK_MILLIS) {
            known = new Look(now, ProcessTable.read());
            looked = known;
        }
        return known;
    }

    /** The machine's processes at a moment. */
    private record Look(Instant at, Optional<ProcessTable> table) {}

    @Override
    public void close() {
        looking.cancel(false);
        listeners.clear();
    }

    private Map<String, String> surroundings(ProcessContainer container) {
        return node.sandbox(container.spec().sandboxId())
                .map(ProcessSandbox::environment)
                .orElse(Map.of());
    }

    private void look() {
        for (ProcessContainer container : looks.due(node.containers())) {
            look(container);
            looks.looked(container);
        }
        node.sweep();
    }

    private void look(ProcessContainer container) {
        try {
            if (container.observe()) {
                changed(container.spec().pod().uid());
            }
        } catch (IOException e) {
            LOG.warn("cannot look at container {}", container.spec().id(), e);
        }
    }

    private void changed(String podUid) {
        listeners.forEach(listener -> execute(() -> listener.accept(podUid)));
    }

    private void execute(Runnable task) {
        try {
            environment.executor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor has ended, and this view with it", e);
        }
    }

    /** A step that may fail on files. */
    private interface Step<T> {
        @Nullable
        T run() throws IOException;
    }

    private <T> CompletionStage<T> call(Step<T> step) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            environment.executor().execute(() -> {
                try {
                    answer.complete(step.run());
                } catch (IOException e) {
                    answer.completeExceptionally(
                            new RuntimeFailure(Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new RuntimeFailure(Kind.UNAVAILABLE, "the runtime is closed", e));
        }
        return answer;
    }

    private static CompletionStage<Void> allOf(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }
}
