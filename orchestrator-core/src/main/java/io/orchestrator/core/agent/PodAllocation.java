package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * What a pod's containers are granted of their node: what they ask for, but where that was changed and the node cannot grant it.
 * Immutable. It stands in the pod's status as well, so that an agent that restarts knows it.
 *
 * @param granted by the name of the container
 * @param verdict {@code Deferred} or {@code Infeasible} while something else is asked for; empty otherwise
 */
record PodAllocation(Map<String, ResourceRequirements> granted, String verdict) {
    PodAllocation {
        granted = Map.copyOf(granted);
    }

    /** As the pod's status tells. A pod without one is granted what it asks for. */
    static PodAllocation of(Pod pod) {
        String resize = pod.status().resize();
        boolean open = resize.equals(PodResizeStatus.PROPOSED)
                || resize.equals(PodResizeStatus.DEFERRED)
                || resize.equals(PodResizeStatus.INFEASIBLE);
        Map<String, ResourceRequirements> granted = new HashMap<>();
        pod.spec().containers().forEach(container -> granted.put(container.name(), container.resources()));
        if (!open) {
            return new PodAllocation(granted, "");
        }
        for (ContainerStatus status : pod.status().containerStatuses()) {
            ResourceRequirements inForce = status.resources();
            if (inForce != null && granted.containsKey(status.name())) {
                granted.put(
                        status.name(),
                        ResourceRequirementsBuilder.builder(inForce)
                                .requests(
                                        status.allocatedResources().isEmpty()
                                                ? inForce.requests()
                                                : status.allocatedResources())
                                .build());
            }
        }
        return new PodAllocation(granted, "");
    }

    /** Whether the containers ask for just what they are granted. */
    boolean covers(Pod pod) {
        return pod.spec().containers().stream()
                .allMatch(container -> of(container).equals(container.resources()));
    }

    ResourceRequirements of(Container container) {
        return granted.getOrDefault(container.name(), container.resources());
    }

    /** The pod as if it asked for what it is granted. */
    Pod applyTo(Pod pod) {
        return covers(pod)
                ? pod
                : pod.withSpec(PodSpecBuilder.builder(pod.spec())
                        .containers(pod.spec().containers().stream()
                                .map(container -> ContainerBuilder.builder(container)
                                        .resources(of(container))
                                        .build())
                                .toList())
                        .build());
    }

    /** Without any resize under consideration, what this pod asks for. */
    static PodAllocation granting(Pod pod) {
        Map<String, ResourceRequirements> granted = new HashMap<>();
        pod.spec().containers().forEach(container -> granted.put(container.name(), container.resources()));
        return new PodAllocation(granted, "");
    }

    PodAllocation refusing(String verdict) {
        return new PodAllocation(granted, verdict);
    }
}
