package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.GoDuration;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ControlPlane;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** @param patience how long a client may take nothing of its stream before it is cut off */
    ApiHandlers(ControlPlane plane, Duration patience) {
        this.plane = plane;
        this.patience = patience;
        this.served = new ServedKinds(plane);
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
            UserInfo user = authenticate(exchange);
            GoDuration.check("timeout", exchange.query().text("timeout"));
            if (path instanceof RequestPath.OfResource resource) {
                String verb = verb(exchange, resource);
                authorize(new Authorizer.Request(
                        user,
                        verb,
                        resource.group(),
                        resource.qualifiedPlural(),
                        resource.namespace(),
                        resource.name(),
                        ""));
                if (!streams.handles(resource) || !streams.handle(exchange, resource)) {
                    resources.handle(exchange, resource, verb, user);
                }
            } else if (path instanceof RequestPath.Plain other) {
                String method = exchange.method().toLowerCase(Locale.ROOT);
                authorize(new Authorizer.Request(user, method, "", "", "", "", other.path()));
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

    private UserInfo authenticate(Exchange exchange) {
        var evidence = exchange.evidence();
        Optional<UserInfo> user = plane.authenticator().authenticate(evidence);
        // A password is shown in vain, too: who shows anything that counts for nothing is not merely anonymous.
        boolean shown = !evidence.isEmpty() || !exchange.header("Authorization").isEmpty();
        if (user.isEmpty() && shown) {
            throw new ApiException(Reason.UNAUTHORIZED, "Unauthorized");
        }
        return user.orElseGet(UserInfo::anonymous);
    }

    private void authorize(Authorizer.Request request) {
        Authorizer.Decision decision = plane.authorizer().decide(request);
        if (decision.allowed()) {
            return;
        }
        if (request.user().equals(UserInfo.anonymous())) {
            throw new ApiException(Reason.UNAUTHORIZED, "Unauthorized");
        }
        throw new ApiException(
                Reason.FORBIDDEN,
                forbidden(request) + (decision.reason().isEmpty() ? "" : ": " + decision.reason()),
                new ApiException.Subject(request.group(), request.resource(), request.name(), ""),
                List.of(),
                0);
    }

    /** As Kubernetes words it; people search for it. */
    private static String forbidden(Authorizer.Request request) {
        String user = "User \"" + request.user().name() + "\" cannot " + request.verb();
        if (request.resource().isEmpty()) {
            return "forbidden: " + user + " path \"" + request.path() + "\"";
        }
        String qualified = request.group().isEmpty() ? request.resource() : request.resource() + "." + request.group();
        String subject = request.name().isEmpty() ? qualified : qualified + " \"" + request.name() + "\"";
        String scope = request.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + request.namespace() + "\"";
        return subject + " is forbidden: " + user + " resource \"" + request.resource() + "\" in API group \""
                + request.group() + "\"" + scope;
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
