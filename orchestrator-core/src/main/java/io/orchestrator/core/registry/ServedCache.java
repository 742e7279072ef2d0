package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.registry.cache.WatchCache;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The cache of a kind from when it begins to start, and the strategy that it serves: another one from when the kind is on its way
 * out. Thread-safe.
 */
final class ServedCache {
    private final CompletableFuture<WatchCache> starting = new CompletableFuture<>();
    private volatile ResourceStrategy<?> strategy;

    ServedCache(ResourceStrategy<?> strategy) {
        this.strategy = strategy;
    }

    /** The strategy of now. */
    ResourceStrategy<?> strategy() {
        return strategy;
    }

    /** From now on this strategy serves the kind, in the same form. */
    void follow(ResourceStrategy<?> next) {
        strategy = next;
    }

    void started(WatchCache cache) {
        starting.complete(cache);
    }

    void failed(Throwable why) {
        starting.completeExceptionally(why);
    }

    /** The cache, once it has started; empty where it has not, or could not. */
    Optional<WatchCache> running() {
        return starting.isDone() && !starting.isCompletedExceptionally()
                ? Optional.of(starting.join())
                : Optional.empty();
    }

    /** Does this with the cache: now, or when it has started, if it can. */
    void whenRunning(Consumer<WatchCache> action) {
        starting.thenAccept(action);
    }

    /** @throws ApiException with reason ServiceUnavailable when it cannot start */
    WatchCache await() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the store cannot be read: " + e.getCause(), e);
        }
    }
}
