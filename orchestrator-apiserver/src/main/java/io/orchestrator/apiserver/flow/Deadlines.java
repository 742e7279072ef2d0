package io.orchestrator.apiserver.flow;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When patience ends, for many at a time and at the price of a set: a look a few times a second finds those whose time is
 * over. Nobody is late by more than that, which is what long patience can bear.
 */
public final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long LOOK_MILLIS = 250;

    private final Environment environment;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable ScheduledFuture<?> look;

    @GuardedBy("lock")
    private boolean closed;

    public Deadlines(Environment environment) {
        this.environment = environment;
    }

    /** One of them. */
    public final class Deadline {
        private final Runnable action;
        private volatile long at;

        private Deadline(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        /** Begins anew. */
        public void extend(Duration patience) {
            at = environment.nanoTime().getAsLong() + patience.toNanos();
        }

        /** It does not matter any more. Idempotent. */
        public void cancel() {
            open.remove(this);
        }
    }

    /** @param action run on the environment's executor, once, unless it is cancelled before */
    public Deadline in(Duration patience, Runnable action) {
        Deadline deadline = new Deadline(environment.nanoTime().getAsLong() + patience.toNanos(), action);
        open.add(deadline);
        return deadline;
    }

    /** Begins to look. */
    public void start() {
        synchronized (lock) {
            if (!closed && look == null) {
                look = environment
                        .timers()
                        .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void look() {
        if (open.isEmpty()) {
            return;
        }
        long now = environment.nanoTime().getAsLong();
        for (Deadline deadline : open) {
            if (deadline.at - now <= 0 && open.remove(deadline)) {
                try {
                    environment.executor().execute(deadline.action);
                } catch (RejectedExecutionException e) {
                    LOG.debug("the threads have ended, and with them whatever was waited for");
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (look != null) {
                look.cancel(false);
            }
        }
    }
}
