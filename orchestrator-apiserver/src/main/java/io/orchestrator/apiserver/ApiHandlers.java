package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.OpenPeers;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.GoDuration;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ControlPlane;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request: who is it, what does it want, may it, do it; and every refusal as a Status. Thread-safe.
 */
final class ApiHandlers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandlers.class);
    /** Each holds a buffer and, while it speaks, a thread or two. */
    private static final int MAX_PEERS = 2_000;

    private final ControlPlane plane;
    private final Duration patience;
    private final ServedKinds served;
    private final OpenWatches watches = new OpenWatches();
    private final AccessGate gate;
    private final OpenPeers peers = new OpenPeers(MAX_PEERS);

    /** @param patience how long a client may take nothing of its stream before it is cut off */
    ApiHandlers(ControlPlane plane, Duration patience) {
        this.plane = plane;
        this.patience = patience;
        this.served = new ServedKinds(plane);
        this.gate = new AccessGate(plane);
    }

    Handler handler(ServerWebSocketContainer container) {
        WebSockets webSockets = new WebSockets(container, patience, peers);
        ResourceHandler resources = new ResourceHandler(plane, watches, webSockets);
        PodStreamHandler streams = new PodStreamHandler(plane, webSockets, new Upgrades(patience, peers));
        ProxyHandler proxies = new ProxyHandler(plane, new Upgrades(patience, peers));
        LogHandler logs = new LogHandler(plane, webSockets);
        PlainHandler plain = new PlainHandler(plane, served);
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Exchange exchange = new Exchange(request, response, callback);
                guarded(exchange, () -> answer(exchange, resources, streams, proxies, logs, plain));
                return true;
            }
        };
    }

    /** A part of the way of a request. */
    private interface Step {
        void take() throws IOException;
    }

    private void answer(
            Exchange exchange,
            ResourceHandler resources,
            PodStreamHandler streams,
            ProxyHandler proxies,
            LogHandler logs,
            PlainHandler plain)
            throws IOException {
        RequestPath path = path(exchange);
        UserInfo user = gate.user(exchange);
        GoDuration.check("timeout", exchange.query().text("timeout"));
        if (path instanceof RequestPath.OfResource resource) {
            String verb = verb(exchange, resource);
            gate.require(exchange, path, verb, user);
            if (PodStreamHandler.handles(resource)) {
                apart(exchange, () -> streams.handle(exchange, resource));
            } else if (ProxyHandler.handles(resource)) {
                apart(exchange, () -> proxies.handle(exchange, resource));
            } else if (LogHandler.handles(resource)) {
                apart(exchange, () -> logs.handle(exchange, resource));
            } else {
                resources.handle(exchange, resource, verb, user);
            }
        } else if (path instanceof RequestPath.Plain other) {
            gate.require(exchange, path, "", user);
            plain.handle(exchange, other);
        }
    }

    /** What waits for a node, or lasts for as long as a client likes, must not hold one of the server's own threads. */
    private void apart(Exchange exchange, Step step) {
        try {
            plane.environment().executor().execute(() -> guarded(exchange, step));
        } catch (RejectedExecutionException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the server is being closed", e);
        }
    }

    private void guarded(Exchange exchange, Step step) {
        try {
            step.take();
        } catch (ApiException e) {
            refuse(exchange, e);
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.toString());
            exchange.abort(e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.method(), exchange.rawPath(), e);
            refuse(exchange, new ApiException(Reason.INTERNAL_ERROR, "Internal error occurred: " + e, e));
        }
    }

    private static RequestPath path(Exchange exchange) {
        try {
            return RequestPath.parse(exchange.rawPath());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("the path cannot be read: " + e.getMessage());
        }
    }

    private static String verb(Exchange exchange, RequestPath.OfResource path) {
        boolean collection = path.name().isEmpty();
        return switch (exchange.method()) {
            case "GET", "HEAD" -> {
                if (!collection) {
                    yield "get";
                }
                yield exchange.query().flag("watch") ? "watch" : "list";
            }
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default ->
                throw new ApiException(
                        Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        };
    }

    private void refuse(Exchange exchange, ApiException e) {
        LOG.debug("{} {} is refused: {}", exchange.method(), exchange.rawPath(), e.getMessage());
        if (exchange.isCommitted()) {
            exchange.abort(e);
            return;
        }
        if (e.retryAfterSeconds() > 0) {
            exchange.setHeader("Retry-After", String.valueOf(e.retryAfterSeconds()));
        }
        exchange.answer(e.reason().httpStatus(), Accept.JSON, plane.codec().encode(StatusBody.of(e)));
    }

    @Override
    public void close() {
        watches.close();
        peers.close();
    }
}
