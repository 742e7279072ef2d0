package io.orchestrator.core.client;

import io.orchestrator.spi.node.NodeEndpoint;
import java.util.Optional;

/** How to reach the agents of nodes. Thread-safe. */
@FunctionalInterface
public interface NodeConnections {

    /** Empty when no agent of that name is connected. */
    Optional<NodeEndpoint> find(String nodeName);
}
