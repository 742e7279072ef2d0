package io.orchestrator.testkit.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Timers over {@link VirtualTime}, with the promises of the JDK's. */
final class VirtualTimers extends AbstractExecutorService implements ScheduledExecutorService {
    private final VirtualTime time;
    private boolean shutdown;
    private boolean dead;

    VirtualTimers(VirtualTime time) {
        this.time = time;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(delay, 0, unit, VirtualTime.callable(command));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(delay, 0, unit, callable);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(initialDelay, unit.toNanos(period), unit, VirtualTime.callable(command));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(initialDelay, -unit.toNanos(delay), unit, VirtualTime.callable(command));
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        shutdownNow();
    }

    /** The process that these timers belong to is no more: nothing of it runs, and what still reaches them is never run. */
    void die() {
        dead = true;
        shutdownNow();
    }

    /** Waiting tasks are dropped, as a pool with that policy does. */
    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<VirtualTask<?>> dropped = time.waitingFor(this);
        dropped.forEach(task -> task.cancel(false));
        return List.copyOf(dropped);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    private <V> VirtualTask<V> add(long delay, long period, TimeUnit unit, Callable<V> work) {
        if (dead) {
            return time.never(work);
        }
        if (shutdown) {
            throw new RejectedExecutionException("these timers are shut down");
        }
        return time.add(this, time.nanoTime() + Math.max(0, unit.toNanos(delay)), period, work);
    }
}
