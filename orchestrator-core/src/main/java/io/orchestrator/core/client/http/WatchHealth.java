package io.orchestrator.core.client.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.env.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a server is gone although its watches stand: a machine that lost its power or its cable closes no connection.
 * Where watches are silent, their server is asked whether it is there, once for all of them; when it does not answer, they end,
 * and whoever watched goes on elsewhere. Thread-safe.
 */
final class WatchHealth implements AutoCloseable {
    private final Function<URI, CompletableFuture<Boolean>> answers;
    private final Duration silence;
    private final Environment environment;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Set<HttpWatch<?>> watches = new HashSet<>();

    @GuardedBy("lock")
    private final Set<URI> asked = new HashSet<>();

    @GuardedBy("lock")
    private @Nullable ScheduledFuture<?> round;

    @GuardedBy("lock")
    private boolean closed;

    WatchHealth(Function<URI, CompletableFuture<Boolean>> answers, Duration silence, Environment environment) {
        this.answers = answers;
        this.silence = silence;
        this.environment = environment;
    }

    void add(HttpWatch<?> watch) {
        synchronized (lock) {
            if (!closed) {
                watches.add(watch);
                if (round == null) {
                    round = environment
                            .timers()
                            .scheduleWithFixedDelay(
                                    this::look, silence.toNanos(), silence.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }
    }

    void remove(HttpWatch<?> watch) {
        synchronized (lock) {
            watches.remove(watch);
            if (watches.isEmpty() && round != null) {
                round.cancel(false);
                round = null;
            }
        }
    }

    private void look() {
        long now = environment.nanoTime().getAsLong();
        Set<URI> silent = new HashSet<>();
        synchronized (lock) {
            for (HttpWatch<?> watch : watches) {
                URI server = watch.server();
                if (server != null && watch.isSilentSince(now - silence.toNanos()) && asked.add(server)) {
                    silent.add(server);
                }
            }
        }
        // Credentials may want a program to run: that is nothing for a timer's thread.
        silent.forEach(server -> environment.executor().execute(() -> ask(server, now)));
    }

    private void ask(URI server, long since) {
        CompletableFuture<Boolean> answer;
        try {
            answer = answers.apply(server);
        } catch (ApiException e) {
            // Nothing is known about the server; the next round asks again.
            answer = CompletableFuture.completedFuture(true);
        }
        answer.thenAccept(there -> answered(server, since, there));
    }

    private void answered(URI server, long since, boolean there) {
        List<HttpWatch<?>> lost;
        synchronized (lock) {
            asked.remove(server);
            lost = there
                    ? List.of()
                    : watches.stream()
                            .filter(watch -> server.equals(watch.server()) && watch.isSilentSince(since))
                            .toList();
        }
        lost.forEach(watch ->
                watch.fail(new ApiException(Reason.SERVICE_UNAVAILABLE, server + " does not answer any more")));
    }

    /** Ends all watches without a word to their listeners. */
    @Override
    public void close() {
        List<HttpWatch<?>> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(watches);
        }
        all.forEach(HttpWatch::close);
    }
}
