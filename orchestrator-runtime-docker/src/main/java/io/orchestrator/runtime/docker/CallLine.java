package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Calls of one kind, of which only so many are under way at a time, first come, first served. An engine that is to begin a hundred
 * containers at once begins each of them later, and all of them not sooner. The engine's deadline for a call counts from when it is its turn. One that
 * waited for longer than whoever asked waits for an answer is not made any more: it fails as {@code UNAVAILABLE} when its turn comes. One that
 * takes long gives its place away: calls that hang hold others up for no longer than that. Thread-safe.
 */
final class CallLine {
    private final int most;
    private final Duration patience;
    private final Duration longestWait;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();

    private int underWay;
    private boolean beginning;

    private record Waiting<T>(Supplier<CompletableFuture<T>> call, CompletableFuture<T> result, long since) {}

    /**
     * @param patience how long a call keeps its place, at the most
     * @param longestWait for how long a call may wait for its turn
     */
    CallLine(int most, Duration patience, Duration longestWait, LongSupplier nanoTime) {
        this.most = most;
        this.patience = patience;
        this.longestWait = longestWait;
        this.nanoTime = nanoTime;
    }

    /** @param call begins it; must not block */
    <T> CompletableFuture<T> take(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(new Waiting<>(call, result, nanoTime.getAsLong()));
        }
        beginWhatMay();
        return result;
    }

    private <T> void begin(Waiting<T> next) {
        CompletableFuture<T> result = next.result();
        CompletableFuture<T> begun = isTooLate(next)
                ? CompletableFuture.failedFuture(new RuntimeFailure(
                        RuntimeFailure.Kind.UNAVAILABLE,
                        "Docker has more to do than it can: not begun within " + longestWait.toSeconds() + " s"))
                : begun(next.call());
        begun.whenComplete((value, error) -> {
            if (error == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(error);
            }
        });
        begun.handle((value, error) -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(this::leave);
    }

    private boolean isTooLate(Waiting<?> next) {
        return nanoTime.getAsLong() - next.since() > longestWait.toNanos();
    }

    /** Whatever goes wrong, also where the machine has no thread left, is that call's own failure: the line goes on. */
    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void leave() {
        synchronized (this) {
            underWay--;
        }
        beginWhatMay();
    }

    /** In a loop, not from within each other: where all fail at once, there may be many. */
    private void beginWhatMay() {
        synchronized (this) {
            if (beginning) {
                return;
            }
            beginning = true;
        }
        while (true) {
            Waiting<?> next;
            synchronized (this) {
                next = underWay < most ? waiting.poll() : null;
                if (next == null) {
                    beginning = false;
                    return;
                }
                underWay++;
            }
            begin(next);
        }
    }
}
