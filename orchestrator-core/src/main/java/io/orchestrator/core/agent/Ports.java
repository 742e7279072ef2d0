package io.orchestrator.core.agent;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;

/** What a port of a probe or hook stands for. Pure. */
final class Ports {
    private Ports() {}

    /** The number, or that of the container's port of this name; 0 where it has none. */
    static int resolve(IntOrString port, Container container) {
        if (!port.isText()) {
            return port.number();
        }
        return container.ports().stream()
                .filter(candidate -> candidate.name().equals(port.text()))
                .mapToInt(ContainerPort::containerPort)
                .findFirst()
                .orElseGet(() -> port.text().matches("\\d{1,5}") ? Integer.parseInt(port.text()) : 0);
    }
}
