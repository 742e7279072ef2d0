package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.stream.CommandSocket;
import io.orchestrator.apiserver.stream.SubprotocolChoice;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and commands: streams between a client and a container. Each runs on the environment's executor. Thread-safe. */
final class PodStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PodStreamHandler.class);
    private static final long START_SECONDS = 30;

    private final ControlPlane plane;
    private final WebSockets webSockets;

    PodStreamHandler(ControlPlane plane, WebSockets webSockets) {
        this.plane = plane;
        this.webSockets = webSockets;
    }

    boolean handles(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && path.plural().equals("pods")
                && (path.subresource().equals("log") || path.subresource().equals("exec"));
    }

    /** Whether the request was one of these and is being answered. */
    boolean handle(Exchange exchange, RequestPath.OfResource path) throws IOException {
        if (path.subresource().equals("log")) {
            logs(exchange, path);
        } else {
            exec(exchange, path);
        }
        return true;
    }

    private void logs(Exchange exchange, RequestPath.OfResource path) throws IOException {
        Query query = exchange.query();
        LogStream stream = await(plane.pods()
                .logs(
                        path.namespace(),
                        path.name(),
                        query.text("container"),
                        query.flag("previous"),
                        new LogQuery(
                                query.flag("follow"),
                                query.flag("timestamps"),
                                query.has("tailLines") ? (Integer) (int) query.number("tailLines") : null,
                                since(query),
                                query.number("limitBytes"))));
        OutputStream out = exchange.stream(200, "text/plain");
        // A follower may stay for hours: it must not hold one of the server's own threads.
        plane.environment().executor().execute(() -> copy(stream, out));
    }

    private @Nullable Instant since(Query query) {
        if (query.has("sinceSeconds")) {
            return plane.environment().clock().instant().minusSeconds(query.number("sinceSeconds"));
        }
        String time = query.text("sinceTime");
        if (time.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw ApiException.badRequest("invalid sinceTime: \"" + time + "\"");
        }
    }

    private static void copy(LogStream from, OutputStream to) {
        try (from;
                to) {
            to.flush();
            for (byte[] piece = from.read(); piece != null; piece = from.read()) {
                to.write(piece);
                to.flush();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a log was not read to its end: {}", e.toString());
        }
    }

    private void exec(Exchange exchange, RequestPath.OfResource path) throws IOException {
        Optional<String> subprotocol = SubprotocolChoice.of(exchange.headers("Sec-WebSocket-Protocol"));
        if (!WebSockets.isAskedFor(exchange) || subprotocol.isEmpty()) {
            throw ApiException.badRequest(
                    "exec is served over WebSocket with the subprotocol v5.channel.k8s.io or " + "v4.channel.k8s.io");
        }
        Query query = exchange.query();
        if (query.all("command").isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command");
        }
        boolean stdin = query.flag("stdin");
        boolean tty = query.flag("tty");
        ExecSession command = await(plane.pods()
                .exec(
                        path.namespace(),
                        path.name(),
                        query.text("container"),
                        new ExecSpec(query.all("command"), stdin, tty)));
        CommandSocket socket = new CommandSocket(
                command,
                query.flag("stdout"),
                query.flag("stderr"),
                plane.environment().executor());
        webSockets.accept(exchange, subprotocol.get(), socket, command::close);
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof ApiException refused) {
                throw refused;
            }
            throw new ApiException(Reason.INTERNAL_ERROR, String.valueOf(cause == null ? e : cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new ApiException(Reason.TIMEOUT, "the node did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the server is being closed", e);
        }
    }
}
