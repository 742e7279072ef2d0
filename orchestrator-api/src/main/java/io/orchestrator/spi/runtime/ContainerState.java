package io.orchestrator.spi.runtime;

import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as it is.
 *
 * @param exitCode as the engine has it, 128 plus the signal where one ended it; null while it has not ended
 * @param message why the engine could not start or keep it; empty otherwise
 * @param resources the limits and shares that are in force; null where the engine does not tell
 */
public record ContainerState(
        String id,
        String sandboxId,
        PodIdentity pod,
        String name,
        int attempt,
        String image,
        String imageId,
        Phase phase,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Integer exitCode,
        boolean outOfMemory,
        String message,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable Resources resources) {

    public ContainerState {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Where in its life it is. */
    public enum Phase {
        CREATED,
        RUNNING,
        EXITED
    }
}
