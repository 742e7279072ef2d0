package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.stream.LogProtocol;
import io.orchestrator.apiserver.stream.LogSocket;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The output of containers, as a body or as the messages of a WebSocket. Each runs on the environment's executor. Thread-safe. */
final class LogHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogHandler.class);

    private final ControlPlane plane;
    private final WebSockets webSockets;

    LogHandler(ControlPlane plane, WebSockets webSockets) {
        this.plane = plane;
        this.webSockets = webSockets;
    }

    static boolean handles(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && path.plural().equals("pods")
                && !path.name().isEmpty()
                && path.subresource().equals("log")
                && path.rest().isEmpty();
    }

    void handle(Exchange exchange, RequestPath.OfResource path) {
        if (!exchange.method().equals("GET")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        Query query = exchange.query();
        LogQuery wanted = new LogQuery(
                query.flag("follow"),
                query.flag("timestamps"),
                query.has("tailLines") ? (Integer) (int) Math.min(Integer.MAX_VALUE, query.number("tailLines")) : null,
                since(query),
                query.number("limitBytes"));
        boolean webSocket = WebSockets.isAskedFor(exchange);
        LogProtocol protocol =
                webSocket ? LogProtocol.of(exchange.words("Sec-WebSocket-Protocol")) : LogProtocol.BINARY;
        LogStream stream = NodeAnswer.await(plane.pods()
                .logs(path.namespace(), path.name(), query.text("container"), query.flag("previous"), wanted));
        if (webSocket) {
            LogSocket socket =
                    new LogSocket(stream, protocol, plane.environment().executor());
            webSockets.accept(
                    exchange,
                    exchange.words("Sec-WebSocket-Protocol").isEmpty() ? "" : protocol.protocol(),
                    socket,
                    socket::closed);
            return;
        }
        copy(stream, exchange.stream(200, "text/plain"));
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
}
