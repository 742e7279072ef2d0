package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.WritableLayers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What containers have written beside their volumes, where the runtime can tell. Thread-safe. */
final class WrittenLayers {
    static final String RESOURCE = "ephemeral-storage";

    private final ContainerRuntime runtime;
    private final Deadlines deadlines;
    private final Duration limit;

    WrittenLayers(ContainerRuntime runtime, Deadlines deadlines, Duration limit) {
        this.runtime = runtime;
        this.deadlines = deadlines;
        this.limit = limit;
    }

    /** As {@link #ofAll}, of a pod that has a limit for it; of another one nothing is asked. */
    CompletionStage<Map<String, Long>> of(PodFacts facts) {
        return isLimited(facts.pod()) ? ofAll(facts) : CompletableFuture.completedFuture(Map.of());
    }

    /** By name, of the containers that run; those that cannot be asked now are left out. Never fails. */
    CompletionStage<Map<String, Long>> ofAll(PodFacts facts) {
        Map<String, Long> written = new ConcurrentHashMap<>();
        if (!(runtime instanceof WritableLayers layers)) {
            return CompletableFuture.completedFuture(written);
        }
        CompletableFuture<?>[] all = facts.running().stream()
                .map(container -> measure(layers, container, written))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenApply(measured -> written);
    }

    private CompletableFuture<Void> measure(
            WritableLayers layers, ContainerState container, Map<String, Long> written) {
        return deadlines
                .within(limit, "the size of container " + container.name(), () -> layers.writtenBytes(container.id()))
                .handle((bytes, failure) -> {
                    if (failure == null) {
                        written.put(container.name(), bytes);
                    }
                    return null;
                });
    }

    private static boolean isLimited(Pod pod) {
        return all(pod).anyMatch(container -> container.resources().limits().containsKey(RESOURCE));
    }

    private static Stream<Container> all(Pod pod) {
        return Stream.concat(pod.spec().initContainers().stream(), pod.spec().containers().stream());
    }

    /** Which container has written more than it may. */
    static Optional<String> excess(Pod pod, Map<String, Long> written) {
        return all(pod).filter(container -> {
                    Quantity most = container.resources().limits().get(RESOURCE);
                    return most != null && written.getOrDefault(container.name(), 0L) > most.value();
                })
                .findFirst()
                .map(container -> "Container " + container.name() + " exceeded its local ephemeral storage limit \""
                        + container.resources().limits().get(RESOURCE) + "\". ");
    }
}
