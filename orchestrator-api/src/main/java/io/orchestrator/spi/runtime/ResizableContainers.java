package io.orchestrator.spi.runtime;

import java.util.concurrent.CompletionStage;

/**
 * A runtime that can give a container other limits and shares while it runs. Threading, deadlines and failure as in
 * {@link ContainerRuntime}, which the same object is. It is asked only where it declares
 * {@link RuntimeInfo.Ability#RESOURCE_LIMITS}.
 */
public interface ResizableContainers {

    /**
     * Sets the limits and shares of a container, whether it runs or not; {@link ContainerState#resources()} tells them from then on.
     * Idempotent. The score by which the kernel chooses whom it ends stays that of the container's creation. After a failure the
     * container has the old amounts or the new ones, of each resource.
     */
    CompletionStage<Void> resize(String containerId, ContainerSpec.Resources resources);
}
