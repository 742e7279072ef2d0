package io.orchestrator.apiserver.stream;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests by the output of containers, as a body or as the messages of a WebSocket. Thread-safe. */
public final class LogAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(LogAnswer.class);

    private final WebSockets webSockets;
    private final Environment environment;

    public LogAnswer(WebSockets webSockets, Environment environment) {
        this.webSockets = webSockets;
        this.environment = environment;
    }

    /**
     * Answers to the end of the log. Blocks.
     *
     * @param pod whose log it is
     * @param open begins to read what the request asks for
     */
    public void answer(Exchange exchange, String pod, Function<LogQuery, CompletionStage<LogStream>> open) {
        if (!exchange.method().equals("GET")) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        LogQuery wanted =
                LogOptions.of(exchange.query(), pod, environment.clock().instant());
        boolean webSocket = WebSockets.isAskedFor(exchange);
        LogProtocol protocol = webSocket ? LogProtocol.of(exchange.subprotocols()) : LogProtocol.BINARY;
        LogStream stream = NodeAnswer.await(open.apply(wanted));
        if (webSocket) {
            LogSocket socket = new LogSocket(stream, protocol, environment.executor());
            webSockets.accept(
                    exchange, exchange.subprotocols().isEmpty() ? "" : protocol.protocol(), socket, socket::closed);
            return;
        }
        // A container that says nothing would never let it be noticed that nobody listens any more.
        exchange.onLoss(stream::close);
        copy(stream, exchange.stream(200, "text/plain"));
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
