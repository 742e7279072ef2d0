package io.orchestrator.core.env;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real clock, threads and randomness: the only class of the core that makes any. One per cluster; {@link #close()}
 * ends its threads.
 */
public final class SystemEnvironment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemEnvironment.class);
    private static final long CLOSE_SECONDS = 10;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor timers;
    private final SecureRandom secureRandom = new SecureRandom();
    private final Environment environment;

    public SystemEnvironment(String name) {
        this.executor = Executors.newCachedThreadPool(daemons(name + "-worker-"));
        this.timers = new ScheduledThreadPoolExecutor(1, daemons(name + "-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        this.environment = new Environment(
                Clock.systemUTC(), System::nanoTime, timers, executor, new BufferedRandom(secureRandom));
    }

    public Environment environment() {
        return environment;
    }

    /** For keys and certificates. */
    public SecureRandom secureRandom() {
        return secureRandom;
    }

    /**
     * Interrupts what runs, drops what waits, and returns when every thread has ended, or after ten seconds. Called on one
     * of its own threads, it does not wait for that one.
     */
    @Override
    public void close() {
        timers.shutdownNow();
        executor.shutdownNow();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            // An executor counts itself terminated while its threads are still on their way out: wait for these.
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
                }
            }
            long left = threads.stream()
                    .filter(thread -> thread != Thread.currentThread() && thread.isAlive())
                    .count();
            if (left > 0) {
                LOG.warn("{} threads still run {} s after close", left, CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }
}
