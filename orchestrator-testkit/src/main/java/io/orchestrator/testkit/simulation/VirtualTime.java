package io.orchestrator.testkit.simulation;

import io.orchestrator.core.env.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when the test says so, on the test's own thread. Every timer and every task of every component waits
 * in one queue; {@link #step} takes the first, moves the time to it and runs it.
 *
 * <p>Made with a seed, tasks of the executor start a little later than asked, each by chance, so that each seed is another
 * interleaving of what a real machine would do in parallel. The same seed is always the same.
 *
 * <p><b>Threads.</b> One. A task that waits for another one fails at once, as it would wait for ever.
 */
public final class VirtualTime {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SHORT_NANOS = 200_000;
    private static final int LONG_NANOS = 5_000_000;

    private final PriorityQueue<VirtualTask<?>> tasks = new PriorityQueue<>(
            Comparator.<VirtualTask<?>>comparingLong(VirtualTask::due).thenComparingLong(VirtualTask::sequence));

    private final @Nullable Random interleaving;
    private final Clock clock = new VirtualClock();
    /** Until when nothing of an owner is run. */
    private final Map<Object, Long> frozen = new IdentityHashMap<>();

    private long now;
    private Duration skew = Duration.ZERO;
    private long sequence;

    /** Tasks run in the order in which they came. */
    public static VirtualTime inOrder() {
        return new VirtualTime(null);
    }

    /** Tasks run in an order that the seed chooses. */
    public static VirtualTime interleaved(long seed) {
        return new VirtualTime(new Random(seed));
    }

    private VirtualTime(@Nullable Random interleaving) {
        this.interleaving = interleaving;
    }

    /** What a component gets. @param random the component's own, so that one that draws more does not disturb the others */
    public Environment environment(RandomGenerator random) {
        return new Environment(clock, this::nanoTime, timers(), executor(), random);
    }

    public Clock clock() {
        return clock;
    }

    /** Since the beginning. */
    public long nanoTime() {
        return now;
    }

    /** Since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** Runs tasks without an order, soon. */
    public Executor executor() {
        return task -> add(null, soon(), 0, callable(task));
    }

    /** Runs tasks when they are due; those of one moment in the order in which they came. */
    public ScheduledExecutorService timers() {
        return mortalTimers();
    }

    /** The same, for tasks that freeze with their owner. */
    Executor executor(Object owner) {
        return task -> add(owner, soon(), 0, callable(task));
    }

    VirtualTimers mortalTimers() {
        return new VirtualTimers(this);
    }

    /** The wall clock jumps; monotonic time does not notice. */
    public void jump(Duration by) {
        skew = skew.plus(by);
    }

    /** Runs the next task, whenever it is due. Returns false when there is none. */
    public boolean step() {
        VirtualTask<?> next = peek();
        if (next == null) {
            return false;
        }
        tasks.remove();
        now = Math.max(now, next.due());
        Long thaw = next.owner() == null ? null : frozen.get(next.owner());
        if (thaw != null && thaw > now) {
            next.postpone(thaw);
            addAgain(next);
        } else {
            next.run();
        }
        return true;
    }

    /** Nothing of this owner is run before that moment of {@link #nanoTime}; what is due meanwhile is run then. */
    void freeze(Object owner, long until) {
        frozen.put(owner, until);
    }

    /** Whether a task is due up to this moment of {@link #nanoTime}. */
    public boolean hasTaskUntil(long nanos) {
        VirtualTask<?> next = peek();
        return next != null && next.due() <= nanos;
    }

    /** Lets the time pass to this moment of {@link #nanoTime} without running anything. */
    public void passTo(long nanos) {
        now = Math.max(now, nanos);
    }

    /** Runs everything that is due within the span, and what follows from it within the span. */
    public void advance(Duration span) {
        long end = now + span.toNanos();
        while (hasTaskUntil(end)) {
            step();
        }
        passTo(end);
    }

    <V> VirtualTask<V> add(@Nullable Object owner, long due, long period, Callable<V> work) {
        VirtualTask<V> task = new VirtualTask<>(this, owner, due, sequence++, period, work);
        tasks.add(task);
        return task;
    }

    /** A task that is not run. */
    <V> VirtualTask<V> never(Callable<V> work) {
        VirtualTask<V> task = new VirtualTask<>(this, null, now, sequence++, 0, work);
        task.cancel(false);
        return task;
    }

    void addAgain(VirtualTask<?> task) {
        task.resequence(sequence++);
        tasks.add(task);
    }

    List<VirtualTask<?>> waitingFor(Object owner) {
        return tasks.stream()
                .filter(task -> task.owner() == owner && !task.isDone())
                .sorted(tasks.comparator())
                .toList();
    }

    /** The first task that still waits; cancelled ones are dropped when they come up. */
    private @Nullable VirtualTask<?> peek() {
        while (true) {
            VirtualTask<?> next = tasks.peek();
            if (next == null || !next.isDone()) {
                return next;
            }
            tasks.remove();
        }
    }

    private long soon() {
        if (interleaving == null) {
            return now;
        }
        return now + interleaving.nextInt(interleaving.nextInt(4) == 0 ? LONG_NANOS : SHORT_NANOS);
    }

    /** Nobody looks at the future of such a task, so its failure ends the simulation instead of being lost. */
    static Callable<@Nullable Void> callable(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                throw new AssertionError("a task failed and nobody noticed: " + e, e);
            }
            return null;
        };
    }

    private final class VirtualClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            if (!zone.equals(ZoneOffset.UTC)) {
                throw new IllegalArgumentException("virtual time is UTC only");
            }
            return this;
        }

        @Override
        public Instant instant() {
            return BEGINNING.plusNanos(now).plus(skew);
        }
    }
}
