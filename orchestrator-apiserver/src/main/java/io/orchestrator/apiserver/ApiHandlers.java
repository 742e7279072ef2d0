package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.GoDuration;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ControlPlane;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.io.EofException;
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

    private final ControlPlane plane;
    private final Duration patience;
    private final ServedKinds served;
    private final OpenWatches watches = new OpenWatches();
    private final AccessGate gate;

    /** @param patience how long a client may take nothing of its stream before it is cut off */
    ApiHandlers(ControlPlane plane, Duration patience) {
        this.plane = plane;
        this.patience = patience;
        this.served = new ServedKinds(plane);
        this.gate = new AccessGate(plane);
    }

    Handler handler(ServerWebSocketContainer container) {
        WebSockets webSockets = new WebSockets(container, patience);
        ResourceHandler resources = new ResourceHandler(plane, watches, webSockets);
        PodStreamHandler streams = new PodStreamHandler(plane, webSockets);
        PlainHandler plain = new PlainHandler(plane, served);
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                answer(request, response, callback, resources, streams, plain);
                return true;
            }
        };
    }

    private void answer(
            Request request,
            Response response,
            Callback callback,
            ResourceHandler resources,
            PodStreamHandler streams,
            PlainHandler plain) {
        Exchange exchange = new Exchange(request, response, callback);
        try {
            RequestPath path = path(exchange);
            UserInfo user = gate.user(exchange);
            GoDuration.check("timeout", exchange.query().text("timeout"));
            if (path instanceof RequestPath.OfResource resource) {
                String verb = verb(exchange, resource);
                gate.require(exchange, path, verb, user);
                if (!streams.handles(resource) || !streams.handle(exchange, resource)) {
                    resources.handle(exchange, resource, verb, user);
                }
            } else if (path instanceof RequestPath.Plain other) {
                gate.require(exchange, path, "", user);
                plain.handle(exchange, other);
            }
        } catch (ApiException e) {
            refuse(exchange, e);
        } catch (EofException e) {
            callback.failed(e);
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.toString());
            callback.failed(e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
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
    }
}
