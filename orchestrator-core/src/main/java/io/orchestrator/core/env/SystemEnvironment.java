package io.orchestrator.core.env;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real clock, threads and randomness: the only class of the core that makes any. One per cluster; {@link #close()}
 * ends its threads.
 */
public final class SystemEnvironment implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor timers;
    private final SecureRandom secureRandom = new SecureRandom();
    private final Environment environment;

    public SystemEnvironment(String name) {
        this.executor = Executors.newCachedThreadPool(daemons(name + "-worker-"));
        this.timers = new ScheduledThreadPoolExecutor(1, daemons(name + "-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        this.environment = new Environment(Clock.systemUTC(), System::nanoTime, timers, executor, secureRandom);
    }

    public Environment environment() {
        return environment;
    }

    /** For keys and certificates. */
    public SecureRandom secureRandom() {
        return secureRandom;
    }

    /** Interrupts what runs, drops what waits, and returns when the threads have ended, or after ten seconds. */
    @Override
    public void close() {
        timers.shutdownNow();
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(SystemEnvironment.class.getName())
                        .log(System.Logger.Level.WARNING, "tasks still run {0} s after close", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
