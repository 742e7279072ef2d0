package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.node.LocalNode;
import io.orchestrator.apiserver.node.NodeRoutes;
import io.orchestrator.apiserver.proxy.HttpRelay;
import io.orchestrator.apiserver.proxy.ProxyName;
import io.orchestrator.apiserver.remote.NodeAddress;
import io.orchestrator.apiserver.remote.NodeDialer;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.embed.ControlPlane;
import java.io.IOException;
import java.util.Optional;

/**
 * What a kubelet serves, through the API server: a node of this process answers itself, port or not; those of others are asked
 * at their ports. Thread-safe.
 */
final class NodeProxy {
    private final ControlPlane plane;
    private final NodeRoutes routes;
    private final NodeDialer dialer;
    private final HttpRelay relay;

    NodeProxy(ControlPlane plane, NodeRoutes routes, NodeDialer dialer, HttpRelay relay) {
        this.plane = plane;
        this.routes = routes;
        this.dialer = dialer;
        this.relay = relay;
    }

    /**
     * Answers a request.
     *
     * @param path on the node, encoded
     * @param target the same with the query
     * @param prefix of our own path
     */
    void answer(Exchange exchange, ProxyName name, String path, String target, String prefix) throws IOException {
        Node node = (Node)
                plane.registry().get(Target.object(Node.TYPE, "", name.name())).object();
        Optional<LocalNode> here = here(name.name());
        if (here.isPresent()) {
            routes.handle(exchange, path, here.get());
            return;
        }
        NodeAddress there = NodeAddress.of(node)
                .orElseThrow(() -> new ApiException(
                        Reason.SERVICE_UNAVAILABLE, "the agent of node \"" + name.name() + "\" is not connected"));
        relay.relay(exchange, dialer.connect(there), target, there.authority(), prefix);
    }

    private Optional<LocalNode> here(String name) {
        NodeDirectory nodes = plane.nodes();
        return nodes.findTold(name)
                .flatMap(told -> nodes.findMeter(name)
                        .flatMap(meter -> nodes.find(name)
                                .map(pods -> new LocalNode(told.report(), meter, pods, told.metrics()))));
    }
}
