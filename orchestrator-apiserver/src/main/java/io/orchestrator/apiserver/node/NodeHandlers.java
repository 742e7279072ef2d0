package io.orchestrator.apiserver.node;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.OpenPeers;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.stream.LogAnswer;
import io.orchestrator.apiserver.stream.StreamAnswers;
import io.orchestrator.core.embed.ServedNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a request to a node: who is it, may it, do it; and every refusal as text, as kubelets have it. Thread-safe. */
final class NodeHandlers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHandlers.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    /** Requests, logs and streams at a time. */
    private static final int MOST = 1_000;

    private static final int RETRY_SECONDS = 1;

    /** What is done with a request. */
    private interface Step {
        void take(Exchange exchange);
    }

    private final ServedNode node;
    private final Duration patience;
    private final LocalNode local;
    private final NodeGate gate;
    private final NodePages pages;
    private final OpenPeers peers = new OpenPeers(MOST);
    private final Semaphore places = new Semaphore(MOST);

    /** @param patience how long a client may take nothing of what is sent */
    NodeHandlers(ServedNode node, Duration patience) {
        this.node = node;
        this.patience = patience;
        this.local = new LocalNode(node.agent(), node.agent(), node.agent(), node.metrics());
        this.gate = new NodeGate(node);
        this.pages = new NodePages(node.codec());
    }

    /** For those who show who they are, and may. */
    Handler authenticated(ServerWebSocketContainer container) {
        WebSockets webSockets = new WebSockets(container, patience, peers);
        Upgrades upgrades = new Upgrades(patience, peers);
        NodeRoutes routes = new NodeRoutes(
                pages,
                new StreamAnswers(webSockets, upgrades, node.environment()),
                new LogAnswer(webSockets, node.environment()));
        return handler(exchange -> {
            gate.require(exchange);
            routes.handle(exchange, exchange.rawPath(), local);
        });
    }

    /** For everybody. */
    Handler readOnly(ServerWebSocketContainer container) {
        return handler(exchange -> {
            if (!pages.answer(exchange, exchange.rawPath(), local)) {
                throw NodeRoutes.noSuchPage(node.name(), exchange.rawPath());
            }
        });
    }

    private Handler handler(Step step) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                begin(new Exchange(request, response, callback), step);
                return true;
            }
        };
    }

    private void begin(Exchange exchange, Step step) {
        if (!places.tryAcquire()) {
            refuse(
                    exchange,
                    new ApiException(Reason.TOO_MANY_REQUESTS, "too many requests, please try again later"),
                    RETRY_SECONDS);
            return;
        }
        try {
            node.environment().executor().execute(() -> {
                try {
                    step.take(exchange);
                } catch (ApiException e) {
                    refuse(exchange, e, 0);
                } catch (RuntimeException e) {
                    LOG.error("{} {} failed", exchange.method(), exchange.rawPath(), e);
                    refuse(exchange, new ApiException(Reason.INTERNAL_ERROR, "Internal error occurred: " + e, e), 0);
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            refuse(exchange, new ApiException(Reason.SERVICE_UNAVAILABLE, "the node is being closed", e), 0);
        }
    }

    private static void refuse(Exchange exchange, ApiException why, int retrySeconds) {
        LOG.debug("{} {} is refused: {}", exchange.method(), exchange.rawPath(), why.getMessage());
        exchange.refuse(
                why.reason().httpStatus(),
                TEXT,
                String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8),
                retrySeconds);
    }

    @Override
    public void close() {
        peers.close();
    }
}
