package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.client.Cause;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.core.registry.Failures;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.defaults.PodDefaults;
import io.orchestrator.core.registry.validation.EphemeralContainerValidation;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.Set;

/** Containers that join a pod while it runs, for somebody who looks into it. They come in through a subresource alone. */
final class EphemeralContainers {
    private static final String FIELD = "spec.ephemeralContainers";

    private EphemeralContainers() {}

    /** The whole pod, of which a write takes these containers and nothing else. */
    static Subresource<Pod, Pod> subresource() {
        return new Subresource.View<>(
                "ephemeralcontainers",
                Pod.TYPE,
                Set.of("get", "patch", "update"),
                pod -> pod,
                EphemeralContainers::write);
    }

    private static Pod write(Pod pod, Pod wanted, Violations violations) {
        List<EphemeralContainer> containers = PodDefaults.of(wanted).spec().ephemeralContainers();
        EphemeralContainerValidation.update(containers, pod, violations);
        return pod.withSpec(PodSpecBuilder.builder(pod.spec())
                .ephemeralContainers(containers)
                .build());
    }

    static void requireNone(Pod pod) {
        if (!pod.spec().ephemeralContainers().isEmpty()) {
            throw Failures.invalid(
                    Pod.TYPE,
                    pod.metadata().name(),
                    List.of(new Cause("FieldValueForbidden", FIELD, "Forbidden: cannot be set on create")));
        }
    }
}
