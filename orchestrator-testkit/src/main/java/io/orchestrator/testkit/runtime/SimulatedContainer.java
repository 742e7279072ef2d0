package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One container of a simulated engine. Guarded by the engine's lock. */
final class SimulatedContainer {
    final ContainerSpec spec;
    final String imageId;
    final Behaviour behaviour;
    final SimulatedLog log;
    final Instant createdAt;
    final CompletableFuture<Void> ended = new CompletableFuture<>();

    @Nullable
    CompletableFuture<Void> starting;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    @Nullable
    Integer exitCode;

    ContainerSpec.Resources resources;
    boolean outOfMemory;
    String message = "";

    SimulatedContainer(ContainerSpec spec, String imageId, Behaviour behaviour, SimulatedLog log, Instant createdAt) {
        this.spec = spec;
        this.imageId = imageId;
        this.behaviour = behaviour;
        this.log = log;
        this.createdAt = createdAt;
        this.resources = spec.resources();
    }

    ContainerState.Phase phase() {
        if (finishedAt != null) {
            return ContainerState.Phase.EXITED;
        }
        return startedAt == null ? ContainerState.Phase.CREATED : ContainerState.Phase.RUNNING;
    }

    boolean running() {
        return phase() == ContainerState.Phase.RUNNING;
    }

    ContainerStats stats(Instant now) {
        if (startedAt == null || !running()) {
            return new ContainerStats(now, 0, 0);
        }
        long cpu = Duration.between(startedAt, now).toMillis() * behaviour.use().milliCores() * 1_000;
        return new ContainerStats(now, cpu, behaviour.use().memoryBytes());
    }

    ContainerState state() {
        return state(resources);
    }

    /** @param told what the engine says that it has */
    ContainerState state(ContainerSpec.Resources told) {
        return new ContainerState(
                spec.id(),
                spec.sandboxId(),
                spec.pod(),
                spec.name(),
                spec.attempt(),
                spec.image(),
                imageId,
                phase(),
                createdAt,
                startedAt,
                finishedAt,
                exitCode,
                outOfMemory,
                message,
                spec.labels(),
                spec.annotations(),
                told);
    }
}
