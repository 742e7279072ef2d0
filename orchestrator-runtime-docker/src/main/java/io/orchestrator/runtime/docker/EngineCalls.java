package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls to the engine off the caller's thread, each with a deadline of its own: docker-java's does nothing on unix sockets.
 * A call that overruns fails at once for its caller; its thread stays with the engine until that answers, and the pool's
 * bound keeps such threads from adding up. Errors become {@link RuntimeFailure}s.
 */
final class EngineCalls {
    private final Executor executor;
    private final Duration deadline;

    EngineCalls(Executor executor, Duration deadline) {
        this.executor = executor;
        this.deadline = deadline;
    }

    <T> CompletableFuture<T> call(String what, Supplier<T> call) {
        return call(what, deadline, call);
    }

    CompletableFuture<Void> run(String what, Duration within, Runnable call) {
        return call(what, within, () -> {
            call.run();
            return null;
        });
    }

    CompletableFuture<Void> run(String what, Runnable call) {
        return run(what, deadline, call);
    }

    <T> CompletableFuture<T> call(String what, Duration within, Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                if (result.isDone()) {
                    return;
                }
                try {
                    result.complete(once(call));
                } catch (RuntimeException e) {
                    result.completeExceptionally(failure(what, e));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    new RuntimeFailure(Kind.UNAVAILABLE, what + ": too many calls to Docker are under way", e));
        }
        return withDeadline(what, within, result);
    }

    /** The failure of a stage, as callers get it. */
    static <T> CompletableFuture<T> withDeadline(String what, Duration within, CompletableFuture<T> call) {
        return call.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).handle((value, error) -> {
            if (error == null) {
                return value;
            }
            throw new CompletionException(failure(what, error));
        });
    }

    /**
     * The first request after a pause may meet a connection that the engine has closed. Calls are idempotent by their
     * deterministic names, so one more try is safe.
     */
    private static <T> T once(Supplier<T> call) {
        try {
            return call.get();
        } catch (DockerException e) {
            throw e;
        } catch (RuntimeException e) {
            if (isBrokenPipe(e)) {
                return call.get();
            }
            throw e;
        }
    }

    private static boolean isBrokenPipe(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && (message.contains("Broken pipe") || message.contains("Connection reset"))) {
                return true;
            }
        }
        return false;
    }

    static RuntimeFailure failure(String what, Throwable error) {
        Throwable cause = error;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RuntimeFailure known) {
            return known;
        }
        if (cause instanceof TimeoutException) {
            return new RuntimeFailure(Kind.UNAVAILABLE, what + ": Docker did not answer in time", cause);
        }
        return new RuntimeFailure(kindOf(cause), what + ": " + messageOf(cause), cause);
    }

    private static Kind kindOf(Throwable cause) {
        if (cause instanceof NotFoundException) {
            return Kind.NOT_FOUND;
        }
        if (cause instanceof BadRequestException || cause instanceof ConflictException) {
            return Kind.INVALID;
        }
        return Kind.UNAVAILABLE;
    }

    /** docker-java puts the status in front and leaves the engine's JSON as it came. */
    private static String messageOf(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).strip();
        int json = message.indexOf("{\"message\":\"");
        if (json < 0) {
            return message;
        }
        int start = json + "{\"message\":\"".length();
        int end = message.lastIndexOf("\"}");
        return end < start
                ? message
                : message.substring(start, end)
                        .replace("\\\"", "\"")
                        .replace("\\n", " ")
                        .strip();
    }
}
