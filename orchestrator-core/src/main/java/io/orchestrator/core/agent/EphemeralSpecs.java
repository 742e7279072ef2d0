package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.RestartPolicy;
import java.util.stream.Stream;

/** The containers that have joined a pod while it ran, as others: they are begun once. Pure. */
final class EphemeralSpecs {
    private EphemeralSpecs() {}

    static Stream<Container> of(Pod pod) {
        return pod.spec().ephemeralContainers().stream().map(EphemeralSpecs::asContainer);
    }

    private static Container asContainer(EphemeralContainer container) {
        return ContainerBuilder.builder(container.asContainer())
                .restartPolicy(RestartPolicy.NEVER)
                .build();
    }
}
