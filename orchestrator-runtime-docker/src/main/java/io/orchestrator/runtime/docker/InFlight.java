package io.orchestrator.runtime.docker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Calls under way, by what they are about: a second call for the same shares the first one's outcome. The engine reserves
 * a name before the container behind it exists, so two creates at a time would find neither the name free nor a container
 * to adopt. Thread-safe.
 */
final class InFlight<T> {
    private final Map<String, CompletableFuture<T>> calls = new ConcurrentHashMap<>();

    CompletableFuture<T> share(String about, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> running = calls.putIfAbsent(about, mine);
        if (running != null) {
            return running.copy();
        }
        call.get().whenComplete((value, error) -> {
            calls.remove(about, mine);
            if (error == null) {
                mine.complete(value);
            } else {
                mine.completeExceptionally(EngineCalls.failure(about, error));
            }
        });
        return mine.copy();
    }
}
