package io.orchestrator.core.network.health;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is said on one port.
 *
 * @param port on every address of this machine
 * @param endpoints ready ones on this node
 */
public record HealthCheck(String namespace, String service, int port, int endpoints) {

    /** Empty for a service that has none. */
    public static Optional<HealthCheck> of(Service service, int endpoints) {
        int port = service.spec().healthCheckNodePort();
        boolean local = "Local".equals(service.spec().externalTrafficPolicy());
        return port != 0 && local && service.spec().type().equals(ServiceType.LOAD_BALANCER)
                ? Optional.of(new HealthCheck(
                        service.metadata().namespace(), service.metadata().name(), port, endpoints))
                : Optional.empty();
    }

    /** As kube-proxy says it. Names of services need no escapes. */
    byte[] answer() {
        String body = "{\"service\":{\"namespace\":\"" + namespace + "\",\"name\":\"" + service
                + "\"},\"localEndpoints\":" + endpoints + ",\"serviceProxyHealthy\":true}";
        String head = "HTTP/1.1 " + (endpoints > 0 ? "200 OK" : "503 Service Unavailable") + "\r\n"
                + "Content-Type: application/json\r\nX-Content-Type-Options: nosniff\r\n"
                + "X-Load-Balancing-Endpoint-Weight: " + endpoints + "\r\n"
                + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
