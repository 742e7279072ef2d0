package io.orchestrator.core.client;

import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeReport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agents in this process, under the names of their nodes; and, for the nodes that have none here, whoever knows how to reach
 * others. Thread-safe.
 */
public final class NodeDirectory implements NodeConnections {
    private final Map<String, NodeEndpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, NodeMeter> meters = new ConcurrentHashMap<>();
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private volatile Elsewhere elsewhere = Elsewhere.NOWHERE;

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

    /** What a node of this process tells of itself. */
    public record Told(NodeReport report, Metrics metrics) {}

    /** Has a node of this process tell of itself, in place of an earlier agent. Closing takes back just this registration. */
    public Registration tell(String nodeName, Told node) {
        told.put(nodeName, node);
        return () -> told.remove(nodeName, node);
    }

    /** Says how nodes of other processes are reached. Closing ends that. */
    public Registration elsewhere(Elsewhere others) {
        elsewhere = others;
        return () -> elsewhere = Elsewhere.NOWHERE;
    }

    /** Empty when nobody measures there. */
    public Optional<NodeMeter> findMeter(String nodeName) {
        NodeMeter here = meters.get(nodeName);
        return here == null ? elsewhere.findMeter(nodeName) : Optional.of(here);
    }

    /** Empty when the node is none of this process. */
    public Optional<Told> findTold(String nodeName) {
        return Optional.ofNullable(told.get(nodeName));
    }

    @Override
    public Optional<NodeEndpoint> find(String nodeName) {
        NodeEndpoint here = endpoints.get(nodeName);
        return here == null ? elsewhere.find(nodeName) : Optional.of(here);
    }

    /** The nodes of other processes. Thread-safe; both return at once. */
    public interface Elsewhere extends NodeConnections {
        /** There are none. */
        Elsewhere NOWHERE = new Elsewhere() {
            @Override
            public Optional<NodeEndpoint> find(String nodeName) {
                return Optional.empty();
            }

            @Override
            public Optional<NodeMeter> findMeter(String nodeName) {
                return Optional.empty();
            }
        };

        /** Empty when the node cannot be asked what its pods use. */
        Optional<NodeMeter> findMeter(String nodeName);
    }

    /** That a node is reachable, or measured. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Ends it. Idempotent. */
        @Override
        void close();
    }
}
