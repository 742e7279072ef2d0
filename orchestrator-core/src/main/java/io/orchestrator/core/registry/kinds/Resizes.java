package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.defaults.PodDefaults;
import io.orchestrator.core.registry.validation.ResizeValidation;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.Set;

/** What the containers of a pod may use is changed while it runs through a subresource, and no other way. */
final class Resizes {
    private Resizes() {}

    /** The whole pod, of which a write takes the resources of containers, and what their change does to them. */
    static Subresource<Pod, Pod> subresource() {
        return new Subresource.View<>("resize", Pod.TYPE, Set.of("get", "patch", "update"), pod -> pod, Resizes::write);
    }

    private static Pod write(Pod pod, Pod wanted, Violations violations) {
        List<Container> asked = PodDefaults.of(wanted).spec().containers();
        List<Container> containers = pod.spec().containers().stream()
                .map(container -> asked.stream()
                        .filter(other -> other.name().equals(container.name()))
                        .findFirst()
                        .map(other -> ContainerBuilder.builder(container)
                                .resources(other.resources())
                                .resizePolicy(other.resizePolicy())
                                .build())
                        .orElse(container))
                .toList();
        Pod resized = pod.withSpec(
                PodSpecBuilder.builder(pod.spec()).containers(containers).build());
        ResizeValidation.update(resized, pod, QualityOfService.of(resized.spec()), violations);
        return changesAmounts(pod, resized)
                ? resized.withStatus(PodStatusBuilder.builder(pod.status())
                        .resize(PodResizeStatus.PROPOSED)
                        .build())
                : resized;
    }

    private static boolean changesAmounts(Pod before, Pod after) {
        List<Container> standing = before.spec().containers();
        for (int i = 0; i < standing.size(); i++) {
            if (!standing.get(i)
                    .resources()
                    .equals(after.spec().containers().get(i).resources())) {
                return true;
            }
        }
        return false;
    }
}
