package io.orchestrator.apiserver.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
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
final class ServingRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServingRenewal.class);
    /** Of the time that is left. */
    private static final double PART = 0.7;

    private static final Duration LEAST = Duration.ofMinutes(1);

    private final Supplier<Identity> source;
    private final Consumer<Identity> door;
    private final Environment environment;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Identity shown;

    @GuardedBy("lock")
    private @Nullable ScheduledFuture<?> next;

    @GuardedBy("lock")
    private boolean closed;

    /**
     * @param shown with which the door has been opened
     * @param source gives the one to show now; may block
     */
    ServingRenewal(Identity shown, Supplier<Identity> source, Consumer<Identity> door, Environment environment) {
        this.shown = shown;
        this.source = source;
        this.door = door;
        this.environment = environment;
    }

    void start() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            Duration left = Duration.between(
                    environment.clock().instant(),
                    shown.certificate().getNotAfter().toInstant());
            long nanos = Math.max(LEAST.toNanos(), (long) (left.toNanos() * PART));
            next = environment
                    .timers()
                    .schedule(() -> environment.executor().execute(this::renew), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void renew() {
        try {
            Identity fresh = source.get();
            synchronized (lock) {
                if (!closed && !fresh.equals(shown)) {
                    door.accept(fresh);
                    shown = fresh;
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("the certificate of the node's own port is not renewed yet", e);
        }
        start();
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
