package io.orchestrator.core.network.userspace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.nio.channels.SocketChannel;
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

    /** Runs what it is given some time later, in the place of what it was given before. */
    @FunctionalInterface
    interface Alarm {
        void set(Duration after, Runnable action);
    }

    /** What needs a descriptor, and gives it back. */
    @FunctionalInterface
    interface Trial {
        void run() throws IOException;
    }

    private final LongSupplier nanoTime;
    private final Trial trial;
    private volatile Runnable changed = () -> {};
    private volatile String why = "";

    @GuardedBy("this")
    private long failedNanos;

    Shortage(LongSupplier nanoTime) {
        this(nanoTime, () -> SocketChannel.open().close());
    }

    Shortage(LongSupplier nanoTime, Trial trial) {
        this.nanoTime = nanoTime;
        this.trial = trial;
    }

    /** @param changed is run whenever {@link #why} says something else; must not block */
    void tells(Runnable changed) {
        this.changed = changed;
    }

    /** What the system said; empty where there is no shortage. */
    String why() {
        return why;
    }

    /** A connection was not to be had. @param loop which looks later whether one is; called on it */
    void noted(IOException failure, SelectorLoop loop) {
        noted(failure, (after, action) -> loop.setAlarm(this, after, action));
    }

    void noted(IOException failure, Alarm alarm) {
        boolean begins;
        synchronized (this) {
            failedNanos = nanoTime.getAsLong();
            begins = why.isEmpty();
            if (begins) {
                why = String.valueOf(failure.getMessage());
            }
        }
        alarm.set(CALM, () -> review(alarm));
        if (begins) {
            LOG.warn("new connections to services wait, or are reset, for this process can have no more: {}", why);
            changed.run();
        }
    }

    /** Nobody may have come in the meantime: that nothing failed does not say that anything would be had. */
    private void review(Alarm alarm) {
        try {
            trial.run();
        } catch (IOException e) {
            noted(e, alarm);
            return;
        }
        synchronized (this) {
            // Where something failed in between, there is an alarm for that.
            if (why.isEmpty() || nanoTime.getAsLong() - failedNanos < CALM.toNanos()) {
                return;
            }
            why = "";
        }
        LOG.info("new connections to services are to be had again");
        changed.run();
    }
}
