package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Probe;
import io.orchestrator.core.agent.Prober.Kind;
import io.orchestrator.core.agent.Prober.Request;
import io.orchestrator.core.agent.Prober.Result;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One probe of one running container: checks at its pace, counts, and says so when a threshold is reached. Owned by the lane
 * of its pod; timers and answers come back through it.
 */
final class ProbeLoop {
    private final Request request;
    private final Prober prober;
    private final Environment environment;
    private final Deadlines deadlines;
    private final Lane lane;
    private final BiConsumer<ProbeLoop, Result> onResult;
    private @Nullable ScheduledFuture<?> timer;
    private int successes;
    private int failures;
    private boolean closed;

    /** @param onResult told of each check on the lane, after it was counted */
    ProbeLoop(
            Request request,
            Prober prober,
            Environment environment,
            Deadlines deadlines,
            Lane lane,
            BiConsumer<ProbeLoop, Result> onResult) {
        this.request = request;
        this.prober = prober;
        this.environment = environment;
        this.deadlines = deadlines;
        this.lane = lane;
        this.onResult = onResult;
    }

    Kind kind() {
        return request.kind();
    }

    Probe probe() {
        return request.probe();
    }

    /** @param containerStart from which the initial delay counts */
    void begin(Instant containerStart) {
        Duration elapsed = Duration.between(containerStart, environment.clock().instant());
        Duration delay = Duration.ofSeconds(probe().initialDelaySeconds()).minus(elapsed);
        schedule(delay.isNegative() ? Duration.ZERO : delay);
    }

    boolean hasSucceeded() {
        return successes >= Math.max(1, probe().successThreshold());
    }

    boolean hasFailed() {
        return failures >= orElse(probe().failureThreshold(), 3);
    }

    void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void schedule(Duration delay) {
        timer = environment.timers().schedule(() -> lane.submit(this::check), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (closed) {
            return;
        }
        long begun = environment.nanoTime().getAsLong();
        Duration timeout = Duration.ofSeconds(orElse(probe().timeoutSeconds(), 1));
        deadlines
                .within(timeout, "the probe", () -> prober.probe(request))
                .handle((result, failure) -> failure == null ? result : Result.failed(Deadlines.message(failure)))
                .thenAccept(result -> lane.submit(() -> checked(result, begun)));
    }

    private void checked(Result result, long begun) {
        if (closed) {
            return;
        }
        if (result.success()) {
            successes++;
            failures = 0;
        } else {
            failures++;
            successes = 0;
        }
        // from begin to begin: one that hangs is not found out later for it
        Duration took = Duration.ofNanos(environment.nanoTime().getAsLong() - begun);
        Duration pause = Duration.ofSeconds(orElse(probe().periodSeconds(), 10)).minus(took);
        schedule(pause.isNegative() ? Duration.ZERO : pause);
        onResult.accept(this, result);
    }

    private static int orElse(int value, int absent) {
        return value > 0 ? value : absent;
    }
}
