package io.orchestrator.spi.runtime;

import java.util.List;

/** Everything of one owner at one moment. */
public record RuntimeState(List<SandboxState> sandboxes, List<ContainerState> containers) {
    public RuntimeState {
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
    }
}
