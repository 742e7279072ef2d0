package io.orchestrator.spi.network;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One port of one service and where it leads.
 *
 * @param addresses where it is reached: cluster, external and load balancer addresses, each at {@code port}
 * @param nodePort the port on the node's own addresses; 0 for none
 * @param protocol TCP or UDP
 * @param affinity how long a client address stays with its endpoint; null for no affinity
 * @param endpoints ready endpoints only; when there is none, connections are refused at once
 * @param draining endpoints that end: they keep the connections they have and get new ones only when no other is left
 * @param sourceRanges the clients that are served, as ranges such as {@code 192.0.2.0/24}; empty for all
 */
public record ServicePort(
        String namespace,
        String service,
        String portName,
        List<String> addresses,
        int port,
        int nodePort,
        String protocol,
        @Nullable Duration affinity,
        List<Endpoint> endpoints,
        List<Endpoint> draining,
        List<String> sourceRanges) {

    /** For clients from anywhere. */
    public ServicePort(
            String namespace,
            String service,
            String portName,
            List<String> addresses,
            int port,
            int nodePort,
            String protocol,
            @Nullable Duration affinity,
            List<Endpoint> endpoints,
            List<Endpoint> draining) {
        this(
                namespace, service, portName, addresses, port, nodePort, protocol, affinity, endpoints, draining,
                List.of());
    }

    public ServicePort {
        addresses = List.copyOf(addresses);
        endpoints = List.copyOf(endpoints);
        draining = List.copyOf(draining);
        sourceRanges = List.copyOf(sourceRanges);
    }

    /** Where a connection ends. */
    public record Endpoint(String address, int port) {}
}
