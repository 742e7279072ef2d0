package io.orchestrator.core.client;

import io.orchestrator.spi.node.NodeEndpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The agents in this process, under the names of their nodes. Thread-safe. */
public final class NodeDirectory implements NodeConnections {
    private final Map<String, NodeEndpoint> endpoints = new ConcurrentHashMap<>();

    /** Makes a node reachable, in place of an earlier agent of that name. Closing takes back just this registration. */
    public Registration register(String nodeName, NodeEndpoint endpoint) {
        endpoints.put(nodeName, endpoint);
        return () -> endpoints.remove(nodeName, endpoint);
    }

    @Override
    public Optional<NodeEndpoint> find(String nodeName) {
        return Optional.ofNullable(endpoints.get(nodeName));
    }

    /** That a node is reachable. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Ends it. Idempotent. */
        @Override
        void close();
    }
}
