package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.OpenPeers;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.node.NodePages;
import io.orchestrator.apiserver.node.NodeRoutes;
import io.orchestrator.apiserver.remote.NodeDialer;
import io.orchestrator.apiserver.remote.RemoteNodes;
import io.orchestrator.apiserver.route.GoDuration;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.stream.LogAnswer;
import io.orchestrator.apiserver.stream.StreamAnswers;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.embed.ControlPlane;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
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

    private static final String AUDIT_ID = "Audit-Id";
    private static final int LONGEST_AUDIT_ID = 64;

    private final ControlPlane plane;
    private final ServerLimits limits;
    private final ServedKinds served;
    private final OpenWatches watches;
    private final HealthHandler health;
    private final RequestFigures figures;
    private final Runnable noMoreFigures;
    private final AccessGate gate;
    private final ConnectGate connections;
    private final FlowControl flows;
    private final Admittance admittance;
    private final NodeDialer dialer;
    private final NodeDirectory.Registration otherNodes;
    private final Brevity brevity;
    private final OpenPeers peers = new OpenPeers(MAX_PEERS);

    ApiHandlers(ControlPlane plane, ServerLimits limits) {
        this.plane = plane;
        this.limits = limits;
        this.served = new ServedKinds(plane);
        this.gate = new AccessGate(plane);
        this.brevity = new Brevity(plane.immediate(), plane.registry()::catalog, plane.registry()::asksOthers);
        this.connections = new ConnectGate(plane.registry());
        this.flows = new FlowControl(plane);
        this.admittance =
                new Admittance(limits, plane.environment(), flows.table().levels(), new Refusals());
        flows.start(table -> admittance.seats().configure(table.levels()));
        this.watches = new OpenWatches(admittance.deadlines(), limits.idle());
        this.health = new HealthHandler(plane);
        this.figures = new RequestFigures(
                plane.registry()::catalog, plane.environment().nanoTime(), admittance.seats(), watches::count);
        this.dialer = new NodeDialer(plane.authority(), plane.environment().clock());
        this.otherNodes = plane.nodes().elsewhere(new RemoteNodes(plane.registry(), dialer, plane.environment()));
        this.noMoreFigures = plane.metrics().add(figures);
    }

    Handler handler(ServerWebSocketContainer container) {
        Duration patience = limits.idle();
        WebSockets webSockets = new WebSockets(container, patience, peers);
        ResourceHandler resources = new ResourceHandler(plane, watches, webSockets);
        StreamAnswers answers = new StreamAnswers(webSockets, new Upgrades(patience, peers), plane.environment());
        LogAnswer output = new LogAnswer(webSockets, plane.environment());
        PodStreamHandler streams = new PodStreamHandler(plane, answers);
        NodeRoutes nodes = new NodeRoutes(new NodePages(plane.codec()), answers, output);
        ProxyHandler proxies =
                new ProxyHandler(plane, nodes, dialer, new Upgrades(patience, peers), admittance.deadlines(), limits);
        LogHandler logs = new LogHandler(plane, output);
        PlainHandler plain = new PlainHandler(plane, served, health);
        return new Door(exchange -> answer(exchange, resources, streams, proxies, logs, plain));
    }

    /** What answers a request. */
    private interface Answering {
        void answer(Exchange exchange) throws IOException;
    }

    /**
     * Where requests come in. Where none may be brief each comes on a thread that may wait. Otherwise they come on the threads that
     * read from the connections, see ADR 0064: what is brief is answered there, and everything else by another thread.
     */
    private final class Door extends Handler.Abstract {
        private final Answering answering;

        Door(Answering answering) {
            super(brevity.isPossible() ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING);
            this.answering = answering;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Exchange exchange = new Exchange(request, response, callback);
            boolean brief = brevity.isBrief(exchange);
            if (brief) {
                exchange.isBrief(() -> brevity.isBrief(exchange));
                answer(exchange);
            } else if (!brevity.isPossible()) {
                answer(exchange);
            } else {
                exchange.executor().execute(() -> answer(exchange));
            }
            return true;
        }

        private void answer(Exchange exchange) {
            admittance.guarded(exchange, () -> answering.answer(exchange));
        }
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
        if (!(path instanceof RequestPath.OfResource resource && ProxyHandler.handles(resource))) {
            // What others answer says itself how long it may be kept.
            exchange.setHeader("Cache-Control", "no-cache, private");
        }
        exchange.setHeader(AUDIT_ID, auditId(exchange));
        UserInfo user = gate.user(exchange);
        Duration timeout = GoDuration.of("timeout", exchange.query().text("timeout"));
        if (path instanceof RequestPath.OfResource resource) {
            String verb = verb(exchange, resource);
            boolean dryRun = exchange.query().has("dryRun");
            exchange.counted(figures.begin(verb, path, dryRun)::ended);
            gate.require(exchange, path, verb, user);
            Admittance.Kind kind = classified(exchange, user, verb, path);
            if (PodStreamHandler.handles(resource)) {
                admittance.serveApart(exchange, kind, () -> {
                    connections.require(exchange, resource, ResourceHandler.caller(exchange, user));
                    streams.handle(exchange, resource);
                });
            } else if (ProxyHandler.handles(resource)) {
                admittance.serveApart(exchange, kind, () -> {
                    connections.require(exchange, resource, ResourceHandler.caller(exchange, user));
                    proxies.handle(exchange, resource);
                });
            } else if (LogHandler.handles(resource)) {
                admittance.serveApart(exchange, kind, () -> logs.handle(exchange, resource));
            } else if (verb.equals("watch")) {
                exchange.outlivesSilence();
                admittance.begin(exchange, kind, () -> resources.handle(exchange, resource, verb, user));
            } else {
                exchange.outlivesSilence();
                admittance.serve(exchange, kind, timeout, () -> resources.handle(exchange, resource, verb, user));
            }
        } else if (path instanceof RequestPath.Plain other) {
            exchange.counted(figures.begin(exchange.method(), path, false)::ended);
            gate.require(exchange, path, "", user);
            Admittance.Kind kind = classified(exchange, user, exchange.method().toLowerCase(Locale.ROOT), path);
            exchange.outlivesSilence();
            admittance.serve(exchange, kind, timeout, () -> plain.handle(exchange, other));
        }
    }

    /** By which the answer to this request is known: the caller's own name for it, where there is one. */
    private String auditId(Exchange exchange) {
        String said = exchange.header(AUDIT_ID);
        if (!said.isEmpty()) {
            return said.length() > LONGEST_AUDIT_ID ? said.substring(0, LONGEST_AUDIT_ID) : said;
        }
        RandomGenerator random = plane.environment().random();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Where the request belongs; the answer says so, as Kubernetes' does. */
    private Admittance.Kind classified(Exchange exchange, UserInfo user, String verb, RequestPath path) {
        Admittance.Kind kind = flows.table().kind(user, verb, path);
        if (!kind.schemaUid().isEmpty()) {
            exchange.setHeader("X-Kubernetes-PF-FlowSchema-UID", kind.schemaUid());
            exchange.setHeader("X-Kubernetes-PF-PriorityLevel-UID", kind.levelUid());
        }
        return kind;
    }

    private static RequestPath path(Exchange exchange) {
        try {
            return exchange.path();
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("the path cannot be read: " + e.getMessage());
        }
    }

    private static String verb(Exchange exchange, RequestPath.OfResource path) {
        boolean collection = path.name().isEmpty();
        if (path.watched()) {
            if (!exchange.method().equals("GET")) {
                throw methodNotAllowed();
            }
            return "watch";
        }
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
            default -> {
                if (ProxyHandler.handles(path)) {
                    // What others make of a method is theirs: it has no verb, which only rules for all verbs allow.
                    yield "";
                }
                throw methodNotAllowed();
            }
        };
    }

    private static ApiException methodNotAllowed() {
        return new ApiException(
                Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
    }

    /** Errors as Status objects. */
    private final class Refusals implements Admittance.Refusal {
        private final BodyWriter bodies = new BodyWriter(plane.codec());

        @Override
        public void refuse(Exchange exchange, ApiException why) {
            LOG.debug("{} {} is refused: {}", exchange.method(), exchange.rawPath(), why.getMessage());
            Encoding encoding = encoding(exchange);
            exchange.refuse(
                    why.reason().httpStatus(), encoding.mediaType(), body(why, encoding), why.retryAfterSeconds());
        }

        @Override
        public void overrule(Exchange exchange, ApiException why) {
            LOG.debug("{} {} is answered for: {}", exchange.method(), exchange.rawPath(), why.getMessage());
            Encoding encoding = encoding(exchange);
            exchange.overrule(
                    why.reason().httpStatus(), encoding.mediaType(), body(why, encoding), why.retryAfterSeconds());
        }

        private Encoding encoding(Exchange exchange) {
            return Accept.parse(exchange.header("Accept")).ofError();
        }

        private byte[] body(ApiException why, Encoding encoding) {
            return bodies.record(StatusBody.of(why), encoding);
        }
    }

    @Override
    public void close() {
        health.close();
        otherNodes.close();
        dialer.close();
        noMoreFigures.run();
        flows.close();
        watches.close();
        admittance.close();
        peers.close();
    }
}
