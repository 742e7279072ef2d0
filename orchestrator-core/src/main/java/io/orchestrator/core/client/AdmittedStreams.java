package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.ConnectOptions;
import io.orchestrator.core.registry.ConnectOptions.Streams;
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

/**
 * Streams into pods for somebody who has not passed admission yet: every connection passes it first, on the thread that asks, as
 * one that comes through the front door does. Reading logs is no connection. Thread-safe.
 */
final class AdmittedStreams implements NodeEndpoint {
    private final Registry registry;
    private final Caller caller;
    private final NodeEndpoint pods;

    AdmittedStreams(Registry registry, Caller caller, NodeEndpoint pods) {
        this.registry = registry;
        this.caller = caller;
        this.pods = pods;
    }

    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        return pods.logs(namespace, pod, container, previous, query);
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        Streams streams = new Streams(spec.stdin(), true, !spec.tty(), spec.tty());
        ConnectOptions options = ConnectOptions.exec(streams, container, spec.command());
        try {
            admit(namespace, pod, "exec", options);
            return pods.exec(namespace, pod, container, spec);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
        ConnectOptions options = ConnectOptions.attach(new Streams(stdin, true, true, false), container);
        try {
            admit(namespace, pod, "attach", options);
            return pods.attach(namespace, pod, container, stdin);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
        try {
            admit(namespace, pod, "portforward", ConnectOptions.portForward(List.of(port)));
            return pods.connect(namespace, pod, port);
        } catch (ApiException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void admit(String namespace, String pod, String subresource, ConnectOptions options) {
        registry.connect(new Target<>(Pod.TYPE, namespace, pod, subresource), options, caller);
    }
}
