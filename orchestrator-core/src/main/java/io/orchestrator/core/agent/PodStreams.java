package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStateWaiting;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Streams into the pods of this node. Stateless; finds pods by what their workers last published. */
final class PodStreams implements NodeEndpoint {
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final ContainerRuntime runtime;
    private final Deadlines deadlines;
    private final Duration limit;
    private final Executor executor;
    private final BiFunction<String, String, Optional<PodFacts>> pods;

    /**
     * @param executor on which connections are made
     * @param pods by namespace and name
     */
    PodStreams(
            ContainerRuntime runtime,
            Deadlines deadlines,
            Duration limit,
            Executor executor,
            BiFunction<String, String, Optional<PodFacts>> pods) {
        this.runtime = runtime;
        this.deadlines = deadlines;
        this.limit = limit;
        this.executor = executor;
        this.pods = pods;
    }

    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        return answer(() -> {
            PodFacts facts = find(namespace, pod);
            String name = nameOf(facts.pod(), container);
            Optional<ContainerState> wanted = previous ? previousOf(facts, name) : facts.latest(name);
            ContainerState state = wanted.orElseThrow(() -> previous
                    ? ApiException.badRequest(
                            "previous terminated container \"" + name + "\" in pod \"" + pod + "\" not found")
                    : waiting(facts, name));
            return deadlines.within(limit, "the log of container " + name, () -> runtime.logs(state.id(), query));
        });
    }

    /** The instance before the last restart: while the next one is waited for, that is the newest one itself. */
    private static Optional<ContainerState> previousOf(PodFacts facts, String name) {
        Optional<ContainerState> before = facts.previous(name);
        return before.isPresent()
                ? before
                : facts.latest(name).filter(state -> state.phase() == ContainerState.Phase.EXITED);
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        return session(namespace, pod, container, "the command in container ", id -> runtime.exec(id, spec));
    }

    @Override
    public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
        return session(namespace, pod, container, "joining container ", id -> runtime.attach(id, stdin));
    }

    private CompletionStage<ExecSession> session(
            String namespace,
            String pod,
            String container,
            String what,
            Function<String, CompletionStage<ExecSession>> begin) {
        return answer(() -> {
            PodFacts facts = find(namespace, pod);
            String name = nameOf(facts.pod(), container);
            ContainerState state = running(facts, name);
            return deadlines.within(limit, what + name, () -> begin.apply(state.id()));
        });
    }

    @Override
    public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
        return answer(() -> {
            PodFacts facts = find(namespace, pod);
            String address = facts.readySandbox()
                    .flatMap(sandbox -> sandbox.addresses().stream().findFirst())
                    .orElseThrow(() -> ApiException.badRequest("pod " + pod + " has no address"));
            return CompletableFuture.supplyAsync(() -> SocketConnection.to(address, port, limit), executor);
        });
    }

    private static ContainerState running(PodFacts facts, String name) {
        return facts.latest(name)
                .filter(latest -> latest.phase() == ContainerState.Phase.RUNNING)
                .orElseThrow(() -> ApiException.badRequest("container not found (\"" + name + "\")"));
    }

    private PodFacts find(String namespace, String pod) {
        return pods.apply(namespace, pod).orElseThrow(() -> ApiException.notFound("", "pods", pod));
    }

    private static ApiException waiting(PodFacts facts, String name) {
        String reason = facts.memory()
                .launchFailure(name)
                .map(failure -> failure.reasonAt(facts.now()))
                .or(() -> reported(facts.pod(), name))
                .orElse("ContainerCreating");
        return ApiException.badRequest("container \"" + name + "\" in pod \""
                + facts.pod().metadata().name() + "\" is waiting to start: " + reason);
    }

    /** What the pod's status says that the container waits for. */
    private static Optional<String> reported(Pod pod, String name) {
        List<ContainerStatus> all = new ArrayList<>(pod.status().initContainerStatuses());
        all.addAll(pod.status().containerStatuses());
        for (ContainerStatus status : all) {
            ContainerStateWaiting waiting = status.state().waiting();
            if (status.name().equals(name) && waiting != null) {
                return Optional.of(waiting.reason());
            }
        }
        return Optional.empty();
    }

    private static String nameOf(Pod pod, String asked) {
        List<String> names = new ArrayList<>();
        pod.spec().containers().stream().map(Container::name).forEach(names::add);
        List<String> all = new ArrayList<>(names);
        pod.spec().initContainers().stream().map(Container::name).forEach(all::add);
        EphemeralSpecs.of(pod).map(Container::name).forEach(all::add);
        if (!asked.isEmpty()) {
            if (!all.contains(asked)) {
                throw ApiException.badRequest("container " + asked + " is not valid for pod "
                        + pod.metadata().name());
            }
            return asked;
        }
        String annotated = pod.metadata().annotations().getOrDefault(DEFAULT_CONTAINER, "");
        if (names.contains(annotated)) {
            return annotated;
        }
        if (names.size() == 1) {
            return names.get(0);
        }
        throw ApiException.badRequest("a container name must be specified for pod "
                + pod.metadata().name() + ", choose one of: [" + String.join(" ", names) + "]");
    }

    private static <T> CompletionStage<T> answer(java.util.function.Supplier<CompletionStage<T>> call) {
        CompletionStage<T> stage;
        try {
            stage = call.get();
        } catch (ApiException e) {
            return CompletableFuture.failedFuture(e);
        }
        return stage.handle((value, failure) -> failure == null
                        ? CompletableFuture.completedFuture(value)
                        : CompletableFuture.<T>failedFuture(toApi(Deadlines.cause(failure))))
                .thenCompose(Function.identity());
    }

    private static ApiException toApi(Throwable failure) {
        String message = Deadlines.message(failure);
        if (failure instanceof ApiException refused) {
            return refused;
        }
        if (failure instanceof RuntimeFailure runtime) {
            Reason reason = switch (runtime.kind()) {
                case NOT_FOUND -> Reason.NOT_FOUND;
                case INVALID, CANNOT_START, UNSUPPORTED, IMAGE -> Reason.BAD_REQUEST;
                case UNAVAILABLE -> Reason.SERVICE_UNAVAILABLE;
            };
            return new ApiException(reason, message, failure);
        }
        return new ApiException(Reason.INTERNAL_ERROR, message, failure);
    }
}
