package io.orchestrator.spi.network;

import java.util.List;

/**
 * What a proxy could not do.
 *
 * @param again whether it wants to be given the table again later although all of it is served, for it is served otherwise than it
 *     could be; where there are problems, it is given again anyway
 */
public record ProxyReport(List<Problem> problems, boolean again) {
    public ProxyReport {
        problems = List.copyOf(problems);
    }

    public ProxyReport(List<Problem> problems) {
        this(problems, false);
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
