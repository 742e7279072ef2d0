package io.orchestrator.core.client.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.client.config.Credentials;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Streams into pods by way of the API server: logs as bodies, everything else over WebSockets. Thread-safe. */
final class RemotePods implements NodeEndpoint {
    private static final int REFUSAL = 64 * 1024;

    private final HttpCalls calls;
    private final ObjectCodec codec;
    private final Environment environment;

    RemotePods(HttpCalls calls, ObjectCodec codec, Environment environment) {
        this.calls = calls;
        this.codec = codec;
        this.environment = environment;
    }

    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        ResourcePath path = of(namespace, pod, "log")
                .ask("container", container)
                .ask("previous", previous)
                .ask("follow", query.follow())
                .ask("timestamps", query.timestamps())
                .ask("tailLines", query.tail() == null ? "" : query.tail().toString())
                .ask("sinceTime", query.since() == null ? "" : query.since().toString())
                .ask("limitBytes", query.limitBytes());
        return later(() -> {
            HttpCalls.Opened<InputStream> opened =
                    calls.open(HttpCall.get(path), HttpResponse.BodyHandlers.ofInputStream());
            return opened.answer()
                    .handleAsync(
                            (answer, failure) -> {
                                if (failure != null) {
                                    throw HttpCalls.unreachable(opened.server(), unwrapped(failure));
                                }
                                return log(answer);
                            },
                            environment.executor());
        });
    }

    private LogStream log(HttpResponse<InputStream> answer) {
        if (answer.statusCode() == 200) {
            return new RemoteLog(answer.body());
        }
        byte[] said;
        try (InputStream body = answer.body()) {
            said = body.readNBytes(REFUSAL);
        } catch (IOException e) {
            said = new byte[0];
        }
        throw calls.refusals().of(answer.statusCode(), said, HttpCalls.retryAfter(answer));
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        ResourcePath path = of(namespace, pod, "exec")
                .ask("container", container)
                .ask("stdin", spec.stdin())
                .ask("stdout", true)
                .ask("stderr", !spec.tty())
                .ask("tty", spec.tty());
        spec.command().forEach(word -> path.askAsIs("command", word));
        RemoteSession session = new RemoteSession(spec.stdin(), spec.tty(), codec);
        return connected(path, session.socket()).thenApply(socket -> session);
    }

    @Override
    public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
        ResourcePath path = of(namespace, pod, "attach")
                .ask("container", container)
                .ask("stdin", stdin)
                .ask("stdout", true)
                .ask("stderr", true);
        RemoteSession session = new RemoteSession(stdin, false, codec);
        return connected(path, session.socket()).thenApply(socket -> session);
    }

    @Override
    public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
        ResourcePath path = of(namespace, pod, "portforward").ask("ports", port);
        RemoteConnection connection = new RemoteConnection();
        return connected(path, connection.socket()).thenApply(socket -> connection);
    }

    private static ResourcePath of(String namespace, String pod, String stream) {
        return ResourcePath.of(Target.object(Pod.TYPE, namespace, pod).subresource(stream));
    }

    private CompletionStage<WebSocket> connected(ResourcePath path, ChannelSocket channels) {
        return later(() -> {
            URI server = calls.server();
            Credentials.Shown shown = calls.shown();
            WebSocket.Builder builder = calls.client(shown).newWebSocketBuilder();
            calls.heads().identify(shown, builder::header);
            return builder.subprotocols(ChannelSocket.V5, ChannelSocket.V4)
                    .buildAsync(socket(RequestHeads.uri(server, path.toString())), channels)
                    .handle((opened, failure) -> {
                        if (failure != null) {
                            throw refusal(server, unwrapped(failure));
                        }
                        return opened;
                    });
        });
    }

    private static URI socket(URI url) {
        // https becomes wss, and http ws
        return URI.create("ws" + url.toString().substring("http".length()));
    }

    private ApiException refusal(URI server, Throwable failure) {
        if (!(failure instanceof WebSocketHandshakeException handshake)) {
            return HttpCalls.unreachable(server, failure);
        }
        HttpResponse<?> answer = handshake.getResponse();
        byte[] said = answer.body() instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
        return answer.statusCode() < 400
                ? new ApiException(Reason.INTERNAL_ERROR, server + " does not speak WebSocket", failure)
                : calls.refusals().of(answer.statusCode(), said, HttpCalls.retryAfter(answer));
    }

    /** Begins something. Credentials may have to be fetched first, which blocks. */
    private interface Beginning<T> {
        CompletionStage<T> begin();
    }

    private <T> CompletionStage<T> later(Beginning<T> beginning) {
        return CompletableFuture.supplyAsync(beginning::begin, environment.executor())
                .thenCompose(stage -> stage);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
