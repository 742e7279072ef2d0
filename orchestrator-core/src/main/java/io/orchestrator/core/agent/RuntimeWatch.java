package io.orchestrator.core.agent;

import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RuntimeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the runtime for everything: when it says that something changed, when somebody wants to know, and every few seconds
 * all the same. One listing at a time; who asks meanwhile shares the next one. Guarded by its monitor, which is never held
 * over a call.
 */
final class RuntimeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeWatch.class);

    private final ContainerRuntime runtime;
    private final Environment environment;
    private final Deadlines deadlines;
    private final AgentConfig.Timing timing;
    private final Consumer<RuntimeState> listener;
    private final Object lock = new Object();
    private List<CompletableFuture<RuntimeState>> waiting = new ArrayList<>();
    private boolean listing;
    private boolean closed;
    private long lastSuccess;
    private @Nullable AutoCloseable subscription;
    private @Nullable ScheduledFuture<?> timer;

    /** @param listener gets every listing, in order, before those who asked for it */
    RuntimeWatch(
            ContainerRuntime runtime,
            Environment environment,
            Deadlines deadlines,
            AgentConfig.Timing timing,
            Consumer<RuntimeState> listener) {
        this.runtime = runtime;
        this.environment = environment;
        this.deadlines = deadlines;
        this.timing = timing;
        this.listener = listener;
        this.lastSuccess = environment.nanoTime().getAsLong();
    }

    void start() {
        subscription = runtime.onChange(podUid -> fresh());
        long every = timing.relist().toNanos();
        timer = environment.timers().scheduleWithFixedDelay(this::fresh, 0, every, TimeUnit.NANOSECONDS);
    }

    /** A listing that begins after this call. */
    CompletionStage<RuntimeState> fresh() {
        CompletableFuture<RuntimeState> wanted = new CompletableFuture<>();
        synchronized (lock) {
            if (closed) {
                return wanted;
            }
            waiting.add(wanted);
            if (listing) {
                return wanted;
            }
            listing = true;
        }
        list();
        return wanted;
    }

    /** Time since the runtime last answered. */
    Duration silence() {
        synchronized (lock) {
            return Duration.ofNanos(environment.nanoTime().getAsLong() - lastSuccess);
        }
    }

    private void list() {
        List<CompletableFuture<RuntimeState>> answered;
        synchronized (lock) {
            answered = waiting;
            waiting = new ArrayList<>();
        }
        deadlines
                .within(timing.callDeadline(), "the listing of containers", runtime::list)
                .whenComplete(
                        (state, failure) -> environment.executor().execute(() -> listed(state, failure, answered)));
    }

    private void listed(
            @Nullable RuntimeState state, @Nullable Throwable failure, List<CompletableFuture<RuntimeState>> answered) {
        if (state != null) {
            synchronized (lock) {
                lastSuccess = environment.nanoTime().getAsLong();
            }
            listener.accept(state);
            answered.forEach(asked -> asked.complete(state));
        } else if (failure != null) {
            LOG.debug("the runtime did not list its containers", failure);
            answered.forEach(asked -> asked.completeExceptionally(failure));
        }
        boolean again;
        synchronized (lock) {
            again = !waiting.isEmpty() && !closed;
            listing = again;
        }
        if (again) {
            list();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        if (subscription != null) {
            try {
                subscription.close();
            } catch (Exception e) {
                LOG.warn("the subscription to the runtime's changes could not be closed", e);
            }
        }
    }
}
