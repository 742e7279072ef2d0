package io.orchestrator.core.agent;

import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next thing to do for a pod. */
sealed interface PodAction {

    /** Nothing until something changes, or until that moment. */
    record Idle(@Nullable Instant until) implements PodAction {}

    record CreateSandbox(int attempt) implements PodAction {}

    record StopSandbox(String sandboxId) implements PodAction {}

    /** Removes the sandbox with its containers. */
    record RemoveSandbox(String sandboxId) implements PodAction {}

    record MakeVolumes() implements PodAction {}

    /**
     * Fetches the image where need be, creates the container and starts it.
     *
     * @param quickEnds how often in a row it ended soon, for its back-off
     */
    record Launch(String container, int attempt, int quickEnds) implements PodAction {}

    /**
     * @param why for the event; empty for none
     * @param restarts whether they end only to begin anew, whatever their restart policy says
     * @param preparing those that end after them, and are to get ready for it now
     */
    record StopContainers(
            List<String> containerIds, Duration grace, String why, boolean restarts, List<String> preparing)
            implements PodAction {
        public StopContainers {
            containerIds = List.copyOf(containerIds);
            preparing = List.copyOf(preparing);
        }

        StopContainers(List<String> containerIds, Duration grace, String why) {
            this(containerIds, grace, why, false, List.of());
        }

        StopContainers(List<String> containerIds, Duration grace, String why, boolean restarts) {
            this(containerIds, grace, why, restarts, List.of());
        }
    }

    /** Gives a container that runs other limits and shares. */
    record ResizeContainer(String containerId, String container, Resources resources) implements PodAction {}

    record RemoveContainer(String containerId) implements PodAction {}

    /** Everything has ended: fixes the last status before the runtime forgets the containers. */
    record Farewell() implements PodAction {}

    /** Removes what the pod has on disk, then the object itself where the API still has it. */
    record Forget(boolean fromApi) implements PodAction {}
}
