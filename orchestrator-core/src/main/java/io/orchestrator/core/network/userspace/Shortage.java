package io.orchestrator.core.network.userspace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process has no descriptors left for new connections. Said once when it begins, and once when for a while every
 * connection was to be had again: not with each that comes and goes at the limit. Thread-safe.
 */
final class Shortage {
    private static final Logger LOG = LoggerFactory.getLogger(Shortage.class);

    /** For so long nothing must fail before it is over. */
    static final Duration CALM = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private volatile Runnable changed = () -> {};
    private volatile String why = "";

    @GuardedBy("this")
    private long failedNanos;

    Shortage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param changed is run whenever {@link #why} says something else; must not block */
    void tells(Runnable changed) {
        this.changed = changed;
    }

    /** What the system said; empty where there is no shortage. */
    String why() {
        return why;
    }

    void noted(IOException failure) {
        synchronized (this) {
            failedNanos = nanoTime.getAsLong();
            if (!why.isEmpty()) {
                return;
            }
            why = String.valueOf(failure.getMessage());
        }
        LOG.warn("new connections to services wait, or are reset, for this process can have no more: {}", why);
        changed.run();
    }

    /** A connection was to be had {@link #CALM} ago. */
    void review() {
        synchronized (this) {
            if (why.isEmpty() || nanoTime.getAsLong() - failedNanos < CALM.toNanos()) {
                return;
            }
            why = "";
        }
        LOG.info("new connections to services are to be had again");
        changed.run();
    }
}
