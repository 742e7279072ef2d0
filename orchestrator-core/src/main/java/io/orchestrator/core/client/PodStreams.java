package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Streams into any pod of the cluster: finds the pod, the container that is meant, and the agent of its node. What is wrong
 * fails the stage with the answer that {@code kubectl} expects. Thread-safe.
 */
public final class PodStreams implements NodeEndpoint {
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final Registry registry;
    private final NodeConnections nodes;

    public PodStreams(Registry registry, NodeConnections nodes) {
        this.registry = registry;
        this.nodes = nodes;
    }

    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        try {
            Pod found = find(namespace, pod);
            String chosen = container(found, container);
            if (found.spec().nodeName().isEmpty()) {
                // As in Kubernetes: what no node has yet has said nothing.
                return CompletableFuture.completedStage(new NothingSaid());
            }
            return endpoint(found).logs(namespace, pod, chosen, previous, query);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        try {
            Pod found = find(namespace, pod);
            requireNotCompleted(found, "exec into");
            String chosen = container(found, container);
            return endpoint(found).exec(namespace, pod, chosen, spec);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
        try {
            Pod found = find(namespace, pod);
            requireNotCompleted(found, "attach");
            String chosen = container(found, container);
            return endpoint(found).attach(namespace, pod, chosen, stdin);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
        try {
            return endpoint(find(namespace, pod)).connect(namespace, pod, port);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static void requireNotCompleted(Pod pod, String what) {
        String phase = pod.status().phase();
        if (phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED)) {
            throw ApiException.badRequest(
                    "cannot " + what + " a container in a completed pod; current phase is " + phase);
        }
    }

    private Pod find(String namespace, String name) {
        return (Pod) registry.get(Target.object(Pod.TYPE, namespace, name)).object();
    }

    private NodeEndpoint endpoint(Pod pod) {
        String node = pod.spec().nodeName();
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + pod.metadata().name() + " does not have a host assigned");
        }
        return nodes.find(node)
                .orElseThrow(() -> new ApiException(
                        Reason.SERVICE_UNAVAILABLE, "the agent of node \"" + node + "\" is not connected"));
    }

    private static String container(Pod pod, String asked) {
        List<String> main =
                pod.spec().containers().stream().map(Container::name).toList();
        List<String> initial =
                pod.spec().initContainers().stream().map(Container::name).toList();
        Stream<String> ephemeral = pod.spec().ephemeralContainers().stream().map(EphemeralContainer::name);
        List<String> all = Stream.of(main.stream(), initial.stream(), ephemeral)
                .flatMap(names -> names)
                .toList();
        String wanted = asked.isEmpty() ? pod.metadata().annotations().getOrDefault(DEFAULT_CONTAINER, "") : asked;
        if (!asked.isEmpty() && !all.contains(asked)) {
            throw ApiException.badRequest("container " + asked + " is not valid for pod "
                    + pod.metadata().name());
        }
        if (all.contains(wanted)) {
            return wanted;
        }
        if (main.size() == 1) {
            return main.get(0);
        }
        String others = initial.isEmpty() ? "" : " or one of the init containers: [" + String.join(" ", initial) + "]";
        throw ApiException.badRequest("a container name must be specified for pod "
                + pod.metadata().name() + ", choose one of: [" + String.join(" ", main) + "]" + others);
    }

    private static final class NothingSaid implements LogStream {
        @Override
        public byte @Nullable [] read() {
            return null;
        }

        @Override
        public void close() {}
    }
}
