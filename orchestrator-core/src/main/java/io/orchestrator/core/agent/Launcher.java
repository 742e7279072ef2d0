package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Lifecycle;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.LaunchFailure.Kind;
import io.orchestrator.core.agent.PodAction.Launch;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.Images.Image;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.SandboxState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Brings one container up: image, specification, creation, start, hook. Fails with {@link LaunchFailure}. */
final class Launcher {
    private static final Duration HOOK_LIMIT = Duration.ofMinutes(2);

    private final NodeContext node;
    private final ImagePuller images;
    private final ContainerSpecs specs;
    private final Hooks hooks;

    Launcher(NodeContext node) {
        this.node = node;
        this.images = new ImagePuller(node);
        this.specs = new ContainerSpecs(node);
        this.hooks = new Hooks(node);
    }

    /** @param wanted asked before anything is created: a pod may have been deleted during a long pull */
    CompletionStage<Void> launch(
            Pod pod, Container container, Launch launch, SandboxState sandbox, BooleanSupplier wanted) {
        return images.ensure(pod, container)
                .thenApplyAsync(
                        image -> specify(pod, container, launch, sandbox, image, wanted),
                        node.environment().executor())
                .thenCompose(spec -> create(pod, spec)
                        .thenCompose(created -> start(pod, spec))
                        .thenCompose(started -> afterStart(pod, container, spec, sandbox)));
    }

    private ContainerSpec specify(
            Pod pod, Container container, Launch launch, SandboxState sandbox, Image image, BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            throw new LaunchFailure(Kind.UNKNOWN, "the pod is no longer wanted");
        }
        try {
            return specs.of(pod, container, launch, sandbox, image);
        } catch (ConfigFailure e) {
            throw new LaunchFailure(Kind.CONFIG, String.valueOf(e.getMessage()));
        } catch (IOException | CompletionException e) {
            throw new LaunchFailure(
                    Kind.CREATE, "volumes of container " + container.name() + ": " + Deadlines.message(e));
        }
    }

    private CompletionStage<Void> create(Pod pod, ContainerSpec spec) {
        return call(
                        "the creation of container " + spec.name(),
                        Kind.CREATE,
                        () -> node.runtime().createContainer(spec))
                .thenAccept(created -> {
                    node.events().normal(pod, "Created", "Created container: " + spec.name());
                    tellOfLimits(pod, spec);
                });
    }

    private void tellOfLimits(Pod pod, ContainerSpec spec) {
        boolean limited =
                spec.resources().cpuQuotaMillis() > 0 || spec.resources().memoryLimitBytes() > 0;
        if (limited && !node.can(Ability.RESOURCE_LIMITS)) {
            node.events()
                    .warning(
                            pod,
                            "LimitsNotEnforced",
                            "the " + node.info().name() + " runtime of this node cannot hold container " + spec.name()
                                    + " as a whole to its limits of CPU and memory");
        }
    }

    private CompletionStage<Void> start(Pod pod, ContainerSpec spec) {
        return call(
                        "the start of container " + spec.name(),
                        Kind.CREATE,
                        () -> node.runtime().startContainer(spec.id()))
                .thenAccept(started -> node.events().normal(pod, "Started", "Started container " + spec.name()))
                .handle((started, failure) -> failure)
                .thenCompose(failure -> failure == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : removeThenFail(spec, failure));
    }

    /** What could not be started for another reason than itself is made anew at the next try. */
    private CompletionStage<Void> removeThenFail(ContainerSpec spec, Throwable failure) {
        boolean kept = Deadlines.cause(failure) instanceof LaunchFailure launch
                && (launch.kind() == Kind.UNKNOWN || launch.kind() == Kind.START);
        CompletionStage<Void> removed = kept
                ? CompletableFuture.completedFuture(null)
                : call(
                        "the removal of container " + spec.name(),
                        Kind.CREATE,
                        () -> node.runtime().removeContainer(spec.id()));
        return removed.handle((done, second) -> CompletableFuture.<Void>failedFuture(Deadlines.cause(failure)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Void> afterStart(Pod pod, Container container, ContainerSpec spec, SandboxState sandbox) {
        Lifecycle lifecycle = container.lifecycle();
        if (lifecycle == null || lifecycle.postStart() == null) {
            return CompletableFuture.completedFuture(null);
        }
        String address =
                sandbox.addresses().isEmpty() ? "" : sandbox.addresses().get(0);
        return hooks.run(lifecycle.postStart(), container, spec.pod(), spec.id(), address, HOOK_LIMIT)
                .thenCompose(result -> {
                    if (result.success()) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    node.events().warning(pod, "FailedPostStartHook", "PostStartHook failed");
                    Duration grace = Duration.ofSeconds(
                            pod.spec().terminationGracePeriodSeconds() == null
                                    ? 30
                                    : pod.spec().terminationGracePeriodSeconds());
                    return node.deadlines()
                            .within(
                                    grace.plus(node.config().timing().callDeadline()),
                                    "the stop of container " + spec.name(),
                                    () -> node.runtime().stopContainer(spec.id(), grace))
                            .handle((stopped, failure) -> CompletableFuture.<Void>failedFuture(
                                    new LaunchFailure(Kind.HOOK, "PostStartHook failed: " + result.message())))
                            .thenCompose(Function.identity());
                });
    }

    private CompletionStage<Void> call(
            String what, Kind kind, java.util.function.Supplier<CompletionStage<Void>> call) {
        return node.deadlines()
                .within(node.config().timing().callDeadline(), what, call)
                .handle((done, failure) -> failure == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.<Void>failedFuture(classify(kind, failure)))
                .thenCompose(Function.identity());
    }

    private static LaunchFailure classify(Kind kind, Throwable failure) {
        String message = Deadlines.message(failure);
        if (Deadlines.cause(failure) instanceof RuntimeFailure runtime) {
            return switch (runtime.kind()) {
                case UNAVAILABLE -> new LaunchFailure(Kind.UNKNOWN, message);
                case CANNOT_START -> new LaunchFailure(Kind.START, message);
                case UNSUPPORTED -> new LaunchFailure(Kind.CONFIG, message);
                case NOT_FOUND, INVALID, IMAGE -> new LaunchFailure(kind, message);
            };
        }
        return new LaunchFailure(kind, message);
    }
}
