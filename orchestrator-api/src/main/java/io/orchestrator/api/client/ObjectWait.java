package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Waits until one object is as it should be: looks once, then watches from there, so that no state is missed and nothing is
 * polled. Blocks the calling thread; one use.
 */
final class ObjectWait<T extends Resource> {
    private final ResourceClient<T> client;
    private final String what;
    private final ListOptions selection;
    private final long deadline;

    private ObjectWait(ResourceClient<T> client, String what, String name, Duration patience) {
        this.client = client;
        this.what = what;
        this.selection = ListOptions.all().fields("metadata.name=" + name);
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Returns what {@code found} makes of the object, as soon as it makes something of it.
     *
     * @param found gets the object, or empty while there is none; may throw to end the wait
     * @param what is waited for, for the message of a timeout
     * @throws ApiException with reason Timeout when the patience is over
     */
    static <T extends Resource, R> R until(
            ResourceClient<T> client,
            String name,
            Function<Optional<T>, Optional<R>> found,
            String what,
            Duration patience) {
        return new ObjectWait<>(client, what, name, patience).await(found);
    }

    private <R> R await(Function<Optional<T>, Optional<R>> found) {
        while (true) {
            ResourceList<T> list = client.list(selection);
            Optional<R> now = found.apply(list.items().stream().findFirst());
            if (now.isPresent()) {
                return now.get();
            }
            Arrival<T, R> arrival = new Arrival<>(found);
            ListOptions since = selection.since(list.metadata().resourceVersion());
            try (Watch watch = client.watch(since, arrival)) {
                Optional<R> seen = arrival.await(deadline - System.nanoTime());
                if (seen.isPresent()) {
                    return seen.get();
                }
            } catch (TimeoutException e) {
                throw new ApiException(Reason.TIMEOUT, "timed out waiting for " + what, e);
            }
        }
    }

    /** Completes with the result, with nothing when the watch ended and the object must be looked at again, or with a failure. */
    private static final class Arrival<T extends Resource, R> implements WatchListener<T> {
        private final Function<Optional<T>, Optional<R>> found;
        private final CompletableFuture<Optional<R>> result = new CompletableFuture<>();

        Arrival(Function<Optional<T>, Optional<R>> found) {
            this.found = found;
        }

        @Override
        public void onEvent(WatchEvent<T> event) {
            if (event.type() == WatchEvent.Type.BOOKMARK || result.isDone()) {
                return;
            }
            try {
                boolean gone = event.type() == WatchEvent.Type.DELETED;
                Optional<R> made = found.apply(gone ? Optional.empty() : Optional.of(event.object()));
                if (made.isPresent()) {
                    result.complete(made);
                }
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }

        @Override
        public void onClosed(ApiException cause) {
            if (cause.isExpired() || cause.outcomeUnknown() || cause.retryAfterSeconds() > 0) {
                result.complete(Optional.empty());
            } else {
                result.completeExceptionally(cause);
            }
        }

        Optional<R> await(long nanos) throws TimeoutException {
            try {
                return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ApiException(Reason.TIMEOUT, "interrupted while waiting", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
