package io.orchestrator.spi.network;

import java.util.List;

/** All that a proxy serves, at one moment. */
public record ServiceTable(List<ServicePort> ports) {
    public ServiceTable {
        ports = List.copyOf(ports);
    }

    public static ServiceTable empty() {
        return new ServiceTable(List.of());
    }
}
