package io.orchestrator.core.agent;

import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds calls of the runtime in time: what has not answered by then has failed with an unknown outcome. */
final class Deadlines {
    private final Environment environment;

    Deadlines(Environment environment) {
        this.environment = environment;
    }

    /** The call's stage, or its failure; also where the call throws instead of failing. */
    <T> CompletableFuture<T> within(Duration limit, String what, Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> bounded = new CompletableFuture<>();
        ScheduledFuture<?> timer = environment
                .timers()
                .schedule(
                        () -> environment
                                .executor()
                                .execute(() -> bounded.completeExceptionally(new RuntimeFailure(
                                        RuntimeFailure.Kind.UNAVAILABLE,
                                        what + " did not answer within " + limit.toSeconds() + "s"))),
                        limit.toNanos(),
                        TimeUnit.NANOSECONDS);
        CompletionStage<T> stage;
        try {
            stage = call.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((value, failure) -> {
            timer.cancel(false);
            if (failure == null) {
                bounded.complete(value);
            } else {
                bounded.completeExceptionally(failure);
            }
        });
        return bounded;
    }

    /** Completes after that time. */
    CompletableFuture<Void> after(Duration span) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        environment
                .timers()
                .schedule(
                        () -> environment.executor().execute(() -> passed.complete(null)),
                        span.toNanos(),
                        TimeUnit.NANOSECONDS);
        return passed;
    }

    /** What really went wrong, without the wrappers of stages. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String message(Throwable failure) {
        Throwable cause = cause(failure);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
