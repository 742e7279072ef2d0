package io.orchestrator.apiserver.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a door show another certificate long before its own one expires: asks for one when most of the time is over, and again in
 * ever shorter spans as long as it is given the same. Thread-safe.
 */
public final class ServingRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServingRenewal.class);
    /** Of the time that is left. */
    private static final double PART = 0.7;

    private static final Duration LEAST = Duration.ofMinutes(1);
    /** Attempts in the life of a certificate that is too short for so long a wait. */
    private static final int A_FEW = 10;
    /** However short a life is, nobody is asked without a pause. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Timers stand still while a machine is suspended, and know nothing of a clock that is set: so often that is looked at. */
    private static final Duration LOOK = Duration.ofMinutes(10);

    private final Supplier<Identity> source;
    private final Consumer<Identity> door;
    private final Environment environment;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Identity shown;

    /** How long it was good for when it was first shown. */
    @GuardedBy("lock")
    private Duration span;

    /** When another one is asked for. */
    @GuardedBy("lock")
    private Instant due;

    @GuardedBy("lock")
    private @Nullable ScheduledFuture<?> next;

    @GuardedBy("lock")
    private boolean closed;

    /**
     * @param shown with which the door has been opened
     * @param source gives the one to show now; may block
     */
    public ServingRenewal(Identity shown, Supplier<Identity> source, Consumer<Identity> door, Environment environment) {
        this.shown = shown;
        this.source = source;
        this.door = door;
        this.environment = environment;
        this.span = left(shown);
        this.due = now();
    }

    /** Begins to see to the next one. */
    public void start() {
        synchronized (lock) {
            due = now().plus(pause());
            later();
        }
    }

    /** One whose time is over by this clock leaves nothing to divide. */
    @GuardedBy("lock")
    private Duration pause() {
        Duration left = left(shown);
        if (!isPositive(left) || !isPositive(span)) {
            return LEAST;
        }
        Duration least = lesser(LEAST, span.dividedBy(A_FEW));
        Duration part = Duration.ofMillis((long) (left.toMillis() * PART));
        return greater(PAUSE, greater(least, part));
    }

    @GuardedBy("lock")
    private void later() {
        if (closed) {
            return;
        }
        Duration wait = greater(PAUSE, lesser(LOOK, Duration.between(now(), due)));
        try {
            next = environment.timers().schedule(this::ring, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the timers have ended, and the renewal of a port with them", e);
        }
    }

    private void ring() {
        try {
            environment.executor().execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is there to look at the certificate of a port", e);
            synchronized (lock) {
                later();
            }
        }
    }

    private void look() {
        try {
            if (isDue()) {
                renew();
            }
        } finally {
            synchronized (lock) {
                if (!closed && !isPositive(left(shown))) {
                    LOG.warn(
                            "the certificate that a port shows was good until {}",
                            shown.certificate().getNotAfter().toInstant());
                }
                later();
            }
        }
    }

    private boolean isDue() {
        synchronized (lock) {
            return !closed && !now().isBefore(due);
        }
    }

    private void renew() {
        try {
            Identity fresh = source.get();
            synchronized (lock) {
                if (!closed && !fresh.equals(shown)) {
                    door.accept(fresh);
                    // at the end of the authority's own time another one is no longer good than this one
                    if (left(fresh).compareTo(left(shown)) > 0) {
                        span = left(fresh);
                    }
                    shown = fresh;
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("the certificate of a port is not renewed yet", e);
        } finally {
            synchronized (lock) {
                due = now().plus(pause());
            }
        }
    }

    private Instant now() {
        return environment.clock().instant();
    }

    private Duration left(Identity identity) {
        return Duration.between(now(), identity.certificate().getNotAfter().toInstant());
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static Duration lesser(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration greater(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        }
    }
}
