package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.flow.Deadlines;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.apiserver.node.NodeRoutes;
import io.orchestrator.apiserver.proxy.EncryptedConnection;
import io.orchestrator.apiserver.proxy.HttpRelay;
import io.orchestrator.apiserver.proxy.ProxyName;
import io.orchestrator.apiserver.remote.NodeDialer;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.apiserver.stream.NodeAnswer;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The {@code proxy} subresources of pods, services and nodes: any method, with path, query and body, upgrades included. To
 * pods one comes through the agents of their nodes, so that nothing else of this machine can be reached. Thread-safe.
 */
final class ProxyHandler {
    /** The resources that have one. */
    static final Set<String> PROXIED = Set.of("pods", "services", "nodes");

    private static final String PROXY = "/proxy";
    private static final int MOVED = 301;
    /** So long a pod may take to shake hands. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final ProxyBackends backends;
    private final NodeProxy nodes;
    private final HttpRelay relay;
    private final Executor executor;
    private final Deadlines deadlines;

    ProxyHandler(
            ControlPlane plane,
            NodeRoutes routes,
            NodeDialer dialer,
            Upgrades upgrades,
            Deadlines deadlines,
            ServerLimits limits) {
        this.backends = new ProxyBackends(plane);
        this.deadlines = deadlines;
        this.executor = plane.environment().executor();
        this.relay =
                new HttpRelay(plane.environment().executor(), upgrades, deadlines, limits.requestTime(), limits.idle());
        this.nodes = new NodeProxy(plane, routes, dialer, relay);
    }

    static boolean handles(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && PROXIED.contains(path.plural())
                && !path.name().isEmpty()
                && path.subresource().equals("proxy");
    }

    void handle(Exchange exchange, RequestPath.OfResource path) throws IOException {
        String raw = exchange.rawPath();
        // Names hold no slash, so the first such segment behind the resource's name is ours.
        int at = raw.indexOf(
                PROXY, raw.indexOf("/" + path.plural() + "/") + path.plural().length() + 2);
        if (at < 0) {
            throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
        String prefix = raw.substring(0, at + PROXY.length());
        String rest = raw.substring(prefix.length());
        boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        if (rest.isEmpty() && reads) {
            // Relative links of the page behind would lead astray.
            String query = exchange.rawQuery();
            exchange.setHeader("Location", prefix + "/" + (query.isEmpty() ? "" : "?" + query));
            exchange.answer(MOVED);
            return;
        }
        String target =
                (rest.isEmpty() ? "/" : rest) + (exchange.rawQuery().isEmpty() ? "" : "?" + exchange.rawQuery());
        ProxyName name = ProxyName.parse(path.name());
        if (path.plural().equals("nodes")) {
            nodes.answer(exchange, name, rest, target, prefix);
            return;
        }
        ProxyBackends.Backend backend = path.plural().equals("pods")
                ? backends.ofPod(path.namespace(), name)
                : backends.ofService(path.namespace(), name);
        CompletionStage<PodConnection> connecting = name.encrypted() ? encrypted(backend) : backend.connecting();
        PodConnection connection;
        try {
            connection = NodeAnswer.await(connecting);
        } catch (ApiException e) {
            if (e.reason() == Reason.SERVICE_UNAVAILABLE) {
                throw new ApiException(
                        Reason.SERVICE_UNAVAILABLE, "error trying to reach service: " + e.getMessage(), e);
            }
            throw e;
        }
        relay.relay(exchange, connection, target, backend.host(), prefix);
    }

    private CompletionStage<PodConnection> encrypted(ProxyBackends.Backend backend) {
        return backend.connecting()
                .thenApplyAsync(
                        plain -> {
                            Deadlines.Deadline patience = deadlines.in(HANDSHAKE, plain::close);
                            try {
                                return EncryptedConnection.over(plain, backend.name());
                            } finally {
                                patience.cancel();
                            }
                        },
                        executor);
    }
}
