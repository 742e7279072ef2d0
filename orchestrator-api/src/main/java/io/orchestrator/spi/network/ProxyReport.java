package io.orchestrator.spi.network;

import java.util.List;

/** What a proxy could not do. */
public record ProxyReport(List<Problem> problems) {
    public ProxyReport {
        problems = List.copyOf(problems);
    }

    public static ProxyReport allServed() {
        return new ProxyReport(List.of());
    }

    /**
     * One address and port that is not served, for an event on the service.
     *
     * @param reason one word in CamelCase, such as {@code PortInUse} or {@code PermissionDenied}
     */
    public record Problem(String namespace, String service, String address, int port, String reason, String message) {}
}
