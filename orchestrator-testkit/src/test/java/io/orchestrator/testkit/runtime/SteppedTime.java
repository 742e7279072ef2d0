package io.orchestrator.testkit.runtime;

import io.orchestrator.core.env.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Virtual time for the tests of this package: everything runs on the thread that steps. */
public final class SteppedTime extends AbstractExecutorService implements ScheduledExecutorService {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private long now;
    private long sequence;

    public Environment environment() {
        return new Environment(clock(), () -> now, this, this, new Random(1));
    }

    /** Runs the next task that is due, or moves on to the time of the next. False when there is none. */
    public boolean step() {
        Task<?> next = tasks.poll();
        if (next == null) {
            return false;
        }
        now = Math.max(now, next.at);
        next.run();
        return true;
    }

    /** Runs everything up to that much later. */
    public void advance(Duration span) {
        long until = now + span.toNanos();
        for (Task<?> next = tasks.peek(); next != null && next.at <= until; next = tasks.peek()) {
            step();
        }
        now = until;
    }

    public long nanos() {
        return now;
    }

    public Instant now() {
        return START.plusNanos(now);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now();
            }
        };
    }

    @Override
    public void execute(Runnable command) {
        add(new Task<>(command, 0, 0));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(new Task<>(command, unit.toNanos(delay), 0));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(new Task<>(callable, unit.toNanos(delay)));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        return add(new Task<>(command, unit.toNanos(initial), unit.toNanos(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(command, initial, delay, unit);
    }

    private <V> Task<V> add(Task<V> task) {
        tasks.add(task);
        return task;
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        tasks.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long period;
        private final long order = sequence++;
        private long at;

        Task(Runnable command, long delay, long period) {
            super(command, null);
            this.at = now + Math.max(0, delay);
            this.period = period;
        }

        Task(Callable<V> callable, long delay) {
            super(callable);
            this.at = now + Math.max(0, delay);
            this.period = 0;
        }

        @Override
        public void run() {
            if (period == 0) {
                super.run();
                rethrow();
            } else if (runAndReset()) {
                at = now + period;
                tasks.add(this);
            }
        }

        /** A task that fails is a bug of the subject: the test must see it. */
        private void rethrow() {
            if (isCancelled()) {
                return;
            }
            try {
                get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new AssertionError("a task failed", e.getCause());
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            tasks.remove(this);
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isPeriodic() {
            return period > 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            return at != that.at ? Long.compare(at, that.at) : Long.compare(order, that.order);
        }
    }
}
