package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Ports of the node that lead into a pod: those of its containers, and of its sidecars, which run beside them. Pure. */
final class HostPorts {
    private HostPorts() {}

    static List<ContainerPort> of(Pod pod) {
        Stream<Container> sidecars = pod.spec().initContainers().stream().filter(PodFacts::isSidecar);
        return Stream.concat(pod.spec().containers().stream(), sidecars)
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.hostPort() > 0)
                .toList();
    }
}
