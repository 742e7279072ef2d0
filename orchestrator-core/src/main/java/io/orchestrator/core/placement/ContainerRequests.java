package io.orchestrator.core.placement;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodResizeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a container of a pod is counted for while a change of its resources is under way: the most of what it asks for, what its node
 * has granted it, and what is in force. What its node will never grant does not count.
 */
public final class ContainerRequests {
    private ContainerRequests() {}

    /** @param container of the pod that runs to the pod's end: only these change while they run */
    public static Map<String, Quantity> of(Pod pod, Container container) {
        Map<String, Quantity> asked = container.resources().requests();
        for (ContainerStatus status : pod.status().containerStatuses()) {
            if (status.name().equals(container.name())) {
                return counted(asked, status, pod.status().resize());
            }
        }
        return asked;
    }

    /** Whether both states of a pod are counted alike, as far as that depends on their status. */
    public static boolean countAlike(Pod one, Pod other) {
        List<ContainerStatus> mine = one.status().containerStatuses();
        List<ContainerStatus> others = other.status().containerStatuses();
        if (mine == others) {
            return one.status().resize().equals(other.status().resize());
        }
        return one.spec().containers().stream()
                .allMatch(container -> of(one, container).equals(of(other, container)));
    }

    private static Map<String, Quantity> counted(Map<String, Quantity> asked, ContainerStatus status, String resize) {
        Map<String, Quantity> granted = status.allocatedResources();
        Map<String, Quantity> inForce =
                status.resources() == null ? Map.of() : status.resources().requests();
        boolean settled = granted.isEmpty() || Objects.equals(granted, asked);
        if (settled && (inForce.isEmpty() || inForce.equals(asked))) {
            return asked;
        }
        Map<String, Quantity> most =
                new HashMap<>(resize.equals(PodResizeStatus.INFEASIBLE) && !granted.isEmpty() ? granted : asked);
        raise(most, granted);
        raise(most, inForce);
        return most;
    }

    private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
        other.forEach((name, amount) -> most.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }
}
