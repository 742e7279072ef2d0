package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.LifecycleHandler;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.PodAction.CreateSandbox;
import io.orchestrator.core.agent.PodAction.Farewell;
import io.orchestrator.core.agent.PodAction.Forget;
import io.orchestrator.core.agent.PodAction.Idle;
import io.orchestrator.core.agent.PodAction.Launch;
import io.orchestrator.core.agent.PodAction.MakeVolumes;
import io.orchestrator.core.agent.PodAction.RemoveContainer;
import io.orchestrator.core.agent.PodAction.RemoveSandbox;
import io.orchestrator.core.agent.PodAction.ResizeContainer;
import io.orchestrator.core.agent.PodAction.StopContainers;
import io.orchestrator.core.agent.PodAction.StopSandbox;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ResizableContainers;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.SandboxState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out what the plan says of one pod. Thread-safe; stages complete on any thread, each within its deadline. */
final class PodOperations {
    /** What a container still gets after a hook has used up the grace. */
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private final NodeContext node;
    private final Launcher launcher;
    private final PodDemands demands;
    private final SandboxSpecs sandboxes;
    private final Hooks hooks;
    private final StatusWriter writer;
    /** By container, what it does before its end. */
    private final Map<String, CompletableFuture<Boolean>> preparations = new ConcurrentHashMap<>();

    PodOperations(NodeContext node, StatusWriter writer) {
        this.node = node;
        this.launcher = new Launcher(node);
        this.demands = new PodDemands(node);
        this.sandboxes = new SandboxSpecs(node);
        this.hooks = new Hooks(node);
        this.writer = writer;
    }

    CompletionStage<Void> perform(PodAction action, PodFacts facts, BooleanSupplier wanted) {
        Pod pod = facts.pod();
        if (action instanceof CreateSandbox create) {
            return createSandbox(pod, create);
        }
        if (action instanceof MakeVolumes) {
            return blocking(() -> node.volumes()
                    .make(node.self(pod, addressOf(facts)), node.shown().of(pod)));
        }
        if (action instanceof Launch launch) {
            return launch(facts, launch, wanted);
        }
        if (action instanceof StopContainers stop) {
            return stop(facts, stop);
        }
        if (action instanceof StopSandbox stop) {
            return call(
                    "the stop of a sandbox", Duration.ZERO, () -> node.runtime().stopSandbox(stop.sandboxId()));
        }
        if (action instanceof RemoveSandbox remove) {
            return call(
                    "the removal of a sandbox",
                    Duration.ZERO,
                    () -> node.runtime().removeSandbox(remove.sandboxId()));
        }
        if (action instanceof RemoveContainer remove) {
            return call(
                    "the removal of a container",
                    Duration.ZERO,
                    () -> node.runtime().removeContainer(remove.containerId()));
        }
        if (action instanceof ResizeContainer resize) {
            return resize(resize);
        }
        if (action instanceof Forget forget) {
            return blocking(() -> {
                node.volumes().remove(pod.metadata().uid());
                if (forget.fromApi()) {
                    writer.delete(pod);
                }
            });
        }
        if (action instanceof Idle || action instanceof Farewell) {
            return CompletableFuture.completedFuture(null);
        }
        throw new IllegalStateException("no way to perform " + action);
    }

    private CompletionStage<Void> createSandbox(Pod pod, CreateSandbox create) {
        return node.deadlines()
                .within(
                        node.config().timing().callDeadline(),
                        "the creation of the sandbox",
                        () -> demands.check(pod)
                                .thenCompose(met -> node.runtime().createSandbox(sandboxes.of(pod, create.attempt()))))
                .thenAccept(made -> {});
    }

    private CompletionStage<Void> launch(PodFacts facts, Launch launch, BooleanSupplier wanted) {
        Pod granted = facts.granted();
        Optional<Container> container = specOf(granted, launch.container());
        Optional<SandboxState> sandbox = facts.readySandbox();
        if (container.isEmpty() || sandbox.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return launcher.launch(granted, container.get(), launch, sandbox.get(), wanted);
    }

    private CompletionStage<Void> resize(ResizeContainer resize) {
        return node.runtime() instanceof ResizableContainers resizable
                ? call(
                        "the resize of container " + resize.container(),
                        Duration.ZERO,
                        () -> resizable.resize(resize.containerId(), resize.resources()))
                : CompletableFuture.failedFuture(new RuntimeFailure(
                        RuntimeFailure.Kind.UNSUPPORTED,
                        "the " + node.info().name() + " runtime does not resize containers"));
    }

    private CompletionStage<Void> stop(PodFacts facts, StopContainers stop) {
        facts.containers().stream()
                .filter(container -> stop.preparing().contains(container.id()))
                .forEach(container -> prepare(facts, container, stop.grace()));
        return CompletableFuture.allOf(facts.containers().stream()
                .filter(container -> stop.containerIds().contains(container.id()))
                .map(container -> stop(facts, container, stop).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletionStage<Void> stop(PodFacts facts, ContainerState container, StopContainers stop) {
        String message = stop.why().isEmpty() ? "Stopping container " + container.name() : stop.why();
        node.events().normal(facts.pod(), "Killing", message);
        if (stop.grace().isZero()) {
            return stop(container, stop.grace());
        }
        long began = node.environment().nanoTime().getAsLong();
        return node.deadlines()
                .within(stop.grace(), "the hook", () -> prepare(facts, container, stop.grace()))
                .handle((prepared, failure) -> {
                    Duration used =
                            Duration.ofNanos(node.environment().nanoTime().getAsLong() - began);
                    Duration left = stop.grace().minus(used);
                    boolean hadHook = prepared == null || prepared; // null for one that took all of the grace
                    return hadHook && left.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : left;
                })
                .thenCompose(left -> stop(container, left))
                .thenAccept(stopped -> preparations.remove(container.id()));
    }

    /** Does once what the container wants done before its end; completes with whether that was anything. */
    private CompletionStage<Boolean> prepare(PodFacts facts, ContainerState container, Duration grace) {
        Optional<Container> spec = specOf(facts.pod(), container.name());
        LifecycleHandler hook = spec.map(Container::lifecycle)
                .map(lifecycle -> lifecycle.preStop())
                .orElse(null);
        if (hook == null || spec.isEmpty() || grace.isZero()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> begun = preparations.putIfAbsent(container.id(), mine);
        if (begun != null) {
            return begun;
        }
        hooks.run(hook, spec.get(), container.pod(), container.id(), addressOf(facts), grace)
                .whenComplete((result, failure) -> {
                    if (failure != null || !result.success()) {
                        node.events().warning(facts.pod(), "FailedPreStopHook", "PreStopHook failed");
                    }
                    mine.complete(true);
                });
        return mine;
    }

    private CompletionStage<Void> stop(ContainerState container, Duration grace) {
        return call(
                "the stop of container " + container.name(),
                grace,
                () -> node.runtime().stopContainer(container.id(), grace));
    }

    /** What the container left to say at its end; empty for nothing. Blocks. */
    CompletionStage<String> lastWords(Pod pod, ContainerState ended) {
        Optional<Container> spec = specOf(pod, ended.name());
        if (spec.isEmpty() || !node.config().terminationMessages()) {
            return CompletableFuture.completedFuture("");
        }
        boolean fallBack =
                spec.get().terminationMessagePolicy().equals("FallbackToLogsOnError") && PodPlan.exitCode(ended) != 0;
        return CompletableFuture.supplyAsync(
                        () -> LastWords.inFile(node, pod, spec.get(), ended),
                        node.environment().executor())
                .thenCompose(text -> text.isEmpty() && fallBack
                        ? LastWords.inLog(node, ended)
                        : CompletableFuture.completedFuture(text));
    }

    private CompletionStage<Void> call(
            String what, Duration grace, java.util.function.Supplier<CompletionStage<Void>> call) {
        return node.deadlines().within(grace.plus(node.config().timing().callDeadline()), what, call);
    }

    /** A step that may fail on files. */
    private interface Step {
        void run() throws IOException;
    }

    private CompletionStage<Void> blocking(Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.toString(), e);
                    }
                },
                node.environment().executor());
    }

    private static String addressOf(PodFacts facts) {
        return facts.readySandbox()
                .map(SandboxState::addresses)
                .filter(addresses -> !addresses.isEmpty())
                .map(addresses -> addresses.get(0))
                .orElse("");
    }

    static Optional<Container> specOf(Pod pod, @Nullable String name) {
        return Stream.of(pod.spec().containers().stream(), pod.spec().initContainers().stream(), EphemeralSpecs.of(pod))
                .flatMap(all -> all)
                .filter(container -> container.name().equals(name))
                .findFirst();
    }
}
