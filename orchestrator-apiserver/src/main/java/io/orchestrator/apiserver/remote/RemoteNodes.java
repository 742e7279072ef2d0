package io.orchestrator.apiserver.remote;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeMeter;
import java.util.Optional;

/** The nodes that have a port of their own, found by what they say in their status. Thread-safe. */
public final class RemoteNodes implements NodeDirectory.Elsewhere {
    private final Registry registry;
    private final NodeDialer dialer;
    private final Environment environment;

    public RemoteNodes(Registry registry, NodeDialer dialer, Environment environment) {
        this.registry = registry;
        this.dialer = dialer;
        this.environment = environment;
    }

    /** Where a node is asked by HTTPS; empty when there is no such node, or it has no port. */
    public Optional<NodeAddress> address(String nodeName) {
        try {
            return NodeAddress.of(
                    (Node) registry.get(Target.object(Node.TYPE, "", nodeName)).object());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<NodeEndpoint> find(String nodeName) {
        return address(nodeName).map(at -> new RemoteNode(dialer, at, environment));
    }

    @Override
    public Optional<NodeMeter> findMeter(String nodeName) {
        return address(nodeName).map(at -> new RemoteNode(dialer, at, environment));
    }
}
