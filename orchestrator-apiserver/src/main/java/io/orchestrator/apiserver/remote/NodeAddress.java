package io.orchestrator.apiserver.remote;

import io.orchestrator.api.model.core.Node;
import java.util.List;
import java.util.Optional;

/**
 * Where a node says that it is asked by HTTPS.
 *
 * @param host an IP address or a name
 */
public record NodeAddress(String name, String host, int port) {
    private static final List<String> PREFERRED = List.of("InternalIP", "ExternalIP", "InternalDNS", "Hostname");

    /** Empty for a node that has no port, or no address. */
    public static Optional<NodeAddress> of(Node node) {
        int port = node.status().daemonEndpoints().kubeletEndpoint().port();
        if (port <= 0) {
            return Optional.empty();
        }
        return PREFERRED.stream()
                .flatMap(type -> node.status().addresses().stream()
                        .filter(each -> each.type().equals(type)))
                .findFirst()
                .map(each -> new NodeAddress(node.metadata().name(), each.address(), port));
    }

    /** As it stands in URLs. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
