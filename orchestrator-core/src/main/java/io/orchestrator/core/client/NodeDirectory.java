package io.orchestrator.core.client;

import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeMeter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The agents in this process, under the names of their nodes. Thread-safe. */
public final class NodeDirectory implements NodeConnections {
    private final Map<String, NodeEndpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, NodeMeter> meters = new ConcurrentHashMap<>();

    /** Makes a node reachable, in place of an earlier agent of that name. Closing takes back just this registration. */
    public Registration register(String nodeName, NodeEndpoint endpoint) {
        endpoints.put(nodeName, endpoint);
        return () -> endpoints.remove(nodeName, endpoint);
    }

    /** Makes it known what a node's pods use, in place of an earlier meter. Closing takes back just this registration. */
    public Registration meter(String nodeName, NodeMeter meter) {
        meters.put(nodeName, meter);
        return () -> meters.remove(nodeName, meter);
    }

    /** Empty when nobody measures there. */
    public Optional<NodeMeter> findMeter(String nodeName) {
        return Optional.ofNullable(meters.get(nodeName));
    }

    @Override
    public Optional<NodeEndpoint> find(String nodeName) {
        return Optional.ofNullable(endpoints.get(nodeName));
    }

    /** That a node is reachable, or measured. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Ends it. Idempotent. */
        @Override
        void close();
    }
}
