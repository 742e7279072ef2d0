package io.orchestrator.benchmarks.scale;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over a step that should write all the time: for how long it did not. Where that is suspicious it tells at once what every
 * thread does that does something, and how late this look came itself: one that is late by the same span was kept waiting by the
 * machine or the virtual machine, as all others were. Looks on one thread of the timers; its answers may be asked for by any.
 */
final class Stillness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stillness.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SUSPICIOUS_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int FRAMES = 12;

    private final String what;
    private final LongSupplier writes;
    private final Supplier<String> standing;
    private final ScheduledFuture<?> looking;
    private long lastLook = System.nanoTime();
    private long lastCount = -1;
    private long since = lastLook;
    private long latest;
    private boolean told;
    private volatile long longest;

    /**
     * @param writes how many there were so far
     * @param standing how far the step is, in words
     */
    Stillness(String what, LongSupplier writes, Supplier<String> standing, ScheduledExecutorService timers) {
        this.what = what;
        this.writes = writes;
        this.standing = standing;
        this.looking = timers.scheduleWithFixedDelay(this::look, 0, LOOK_NANOS, TimeUnit.NANOSECONDS);
    }

    /** In seconds, the longest time without a write. */
    double longest() {
        return longest / 1e9;
    }

    private void look() {
        long now = System.nanoTime();
        latest = Math.max(latest, now - lastLook - LOOK_NANOS);
        lastLook = now;
        long count = writes.getAsLong();
        if (count != lastCount) {
            longest = Math.max(longest, now - since);
            lastCount = count;
            since = now;
            latest = 0;
            told = false;
        } else if (!told && now - since > SUSPICIOUS_NANOS) {
            told = true;
            LOG.warn(
                    "{}: no write for {} ms; this look came {} ms late at most; {}\n{}",
                    what,
                    TimeUnit.NANOSECONDS.toMillis(now - since),
                    TimeUnit.NANOSECONDS.toMillis(latest),
                    standing.get(),
                    busyThreads());
        }
    }

    private static String busyThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> isBusy(each.getValue()))
                .map(Stillness::text)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** Not one that a pool keeps for what may come. */
    private static boolean isBusy(StackTraceElement[] frames) {
        return frames.length > 0
                && Arrays.stream(frames)
                        .noneMatch(frame -> frame.getMethodName().equals("getTask"));
    }

    private static String text(Map.Entry<Thread, StackTraceElement[]> thread) {
        return Arrays.stream(thread.getValue())
                .limit(FRAMES)
                .map(frame -> "    " + frame)
                .collect(Collectors.joining(
                        "\n", thread.getKey().getName() + " " + thread.getKey().getState() + "\n", ""));
    }

    @Override
    public void close() {
        looking.cancel(false);
    }
}
