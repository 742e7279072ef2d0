package io.orchestrator.apiserver.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** The agent of a node in another process, asked at its own port. Thread-safe. */
final class RemoteNode implements NodeEndpoint, NodeMeter {
    private static final String COMMANDS = "v4.channel.k8s.io";
    private static final String PORTS = "portforward.k8s.io";
    private static final int MOST_OF_SUMMARY = 32 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodeDialer dialer;
    private final NodeAddress address;
    private final Environment environment;

    RemoteNode(NodeDialer dialer, NodeAddress address, Environment environment) {
        this.dialer = dialer;
        this.address = address;
        this.environment = environment;
    }

    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        StringBuilder target = new StringBuilder(NodeCall.path("containerLogs", List.of(namespace, pod, container)))
                .append("?follow=")
                .append(query.follow())
                .append("&timestamps=")
                .append(query.timestamps())
                .append("&previous=")
                .append(previous);
        if (query.tail() != null) {
            target.append("&tailLines=").append(query.tail());
        }
        if (query.since() != null) {
            target.append("&sinceTime=").append(NodeCall.encoded(query.since().toString()));
        }
        if (query.limitBytes() > 0) {
            target.append("&limitBytes=").append(query.limitBytes());
        }
        return ask(() -> new RemoteLog(NodeCall.get(dialer, address, target.toString()), query.follow()));
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        StringBuilder target = new StringBuilder(NodeCall.path("exec", List.of(namespace, pod, container)))
                .append(streams(spec.stdin(), spec.tty()));
        spec.command().forEach(word -> target.append("&command=").append(NodeCall.encoded(word)));
        return command(target.toString(), spec.stdin(), spec.tty());
    }

    @Override
    public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
        String target = NodeCall.path("attach", List.of(namespace, pod, container)) + streams(stdin, false);
        return command(target, stdin, false);
    }

    private static String streams(boolean stdin, boolean tty) {
        return "?output=1" + (stdin ? "&input=1" : "") + (tty ? "&tty=1" : "&error=1");
    }

    private CompletionStage<ExecSession> command(String target, boolean stdin, boolean tty) {
        return ask(() -> RemoteCommandSession.over(
                RemoteStreams.over(NodeCall.upgrade(dialer, address, target, COMMANDS), environment), stdin, tty));
    }

    @Override
    public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
        String target = NodeCall.path("portForward", List.of(namespace, pod));
        return ask(() -> RemotePort.over(
                RemoteStreams.over(NodeCall.upgrade(dialer, address, target, PORTS), environment), port));
    }

    @Override
    public CompletionStage<NodeUsage> usage() {
        return ask(() -> {
            NodeCall call = NodeCall.get(dialer, address, "/stats/summary?only_cpu_and_memory=true");
            try {
                return RemoteUsage.of(JSON.readTree(call.read(MOST_OF_SUMMARY)));
            } finally {
                call.connection().close();
            }
        });
    }

    /** Speaks to the node, blocking. */
    private interface Asking<T> {
        T ask() throws IOException;
    }

    private <T> CompletionStage<T> ask(Asking<? extends T> asking) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            environment.executor().execute(() -> {
                try {
                    answer.complete(asking.ask());
                } catch (IOException e) {
                    answer.completeExceptionally(new ApiException(
                            Reason.SERVICE_UNAVAILABLE,
                            "node " + address.name() + " does not answer: " + e.getMessage(),
                            e));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new ApiException(Reason.SERVICE_UNAVAILABLE, "the server is being closed", e));
        }
        return answer;
    }
}
