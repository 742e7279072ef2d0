package io.orchestrator.core.schedule;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A pod as plugins see it: what they would work out again for every node is worked out once.
 *
 * @param requests the room it takes
 * @param scored the same with assumptions for containers that ask for nothing; for scores only
 * @param hostPorts the node's ports it takes
 */
public record PodView(Pod pod, Resources requests, Resources scored, List<HostPort> hostPorts) {
    public PodView {
        hostPorts = List.copyOf(hostPorts);
    }

    public static PodView of(Pod pod) {
        return new PodView(pod, PodRequests.of(pod.spec()), PodRequests.scored(pod.spec()), hostPorts(pod.spec()));
    }

    public ObjectKey key() {
        return ObjectKey.of(pod);
    }

    public String uid() {
        return pod.metadata().uid();
    }

    public PodSpec spec() {
        return pod.spec();
    }

    public int priority() {
        Integer priority = pod.spec().priority();
        return priority == null ? 0 : priority;
    }

    private static List<HostPort> hostPorts(PodSpec spec) {
        List<HostPort> ports = new ArrayList<>();
        spec.containers().forEach(container -> addPorts(container, ports));
        spec.initContainers().stream().filter(PodRequests::isSidecar).forEach(container -> addPorts(container, ports));
        return ports;
    }

    private static void addPorts(Container container, List<HostPort> ports) {
        for (ContainerPort port : container.ports()) {
            if (port.hostPort() != 0) {
                ports.add(new HostPort(port.protocol(), port.hostIP(), port.hostPort()));
            }
        }
    }
}
