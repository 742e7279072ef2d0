package io.orchestrator.core.control;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys waiting to be worked on, and the promises that make controllers simple:
 *
 * <ul>
 *   <li>a key that is added several times before it is taken is worked on once;
 *   <li>a key is never worked on by two workers at a time: added while in work, it comes again afterwards;
 *   <li>no add is lost: the work that follows it began after it;
 *   <li>at most {@code workers} keys are in work at a time, in the order in which they came;
 *   <li>a key that rests is not worked on before its rest is over, and then once for all that came meanwhile;
 *   <li>what just changed goes before what can wait, and what can wait is not put off for ever.
 * </ul>
 *
 * <p>Nothing blocks here to wait for a key. A ready key becomes one task of the executor, so a queue works as well on the
 * one thread of the simulation.
 *
 * <p><b>Threads.</b> Safe for concurrent use. The work is called without a lock held.
 *
 * @param <K> the keys; equal keys are the same work
 */
public final class WorkQueue<K> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    /** With the standard back-off the last of them waits for some two seconds. */
    private static final int CONFLICTS_THAT_COUNT = 10;

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** In which order ready keys are taken. */
    public enum Lane {
        /** What just changed. */
        NORMAL,
        /**
         * What can wait, such as the first pass over everything: taken when nothing else is ready, or after so many others that
         * it would not get its turn otherwise.
         */
        LATER
    }

    /** So many keys that just changed are taken before one of those that can wait. */
    private static final int PATIENCE = 32;

    private record Delayed(long dueNanos, ScheduledFuture<?> timer) {}

    private final int workers;
    private final Backoff backoff;
    private final Environment environment;
    private final Consumer<? super K> work;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<K> ready = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Set<K> later = new LinkedHashSet<>();

    /** Keys that need work, and how soon: those that are ready, and those that were added while in work. */
    @GuardedBy("lock")
    private final Map<K, Lane> dirty = new HashMap<>();

    /** How many were taken in a row while others waited in the other lane. */
    @GuardedBy("lock")
    private int overtaken;

    /** Since when the ready ones wait. */
    @GuardedBy("lock")
    private final Map<K, Long> since = new HashMap<>();

    private final QueueFigures figures = new QueueFigures();

    @GuardedBy("lock")
    private final Map<K, Thread> processing = new HashMap<>();

    @GuardedBy("lock")
    private final Map<K, Delayed> delayed = new HashMap<>();

    /** Keys that are not worked on for a while, and what ends that. */
    @GuardedBy("lock")
    private final Map<K, ScheduledFuture<?>> resting = new HashMap<>();

    @GuardedBy("lock")
    private final Map<K, Integer> failures = new HashMap<>();

    /** Tasks that the executor has, whether they run already or not. */
    @GuardedBy("lock")
    private int dispatched;

    @GuardedBy("lock")
    private boolean started;

    @GuardedBy("lock")
    private boolean closed;

    /**
     * A queue that collects keys until {@link #start()}.
     *
     * @param work what is done with a key; an exception from it is logged and otherwise means nothing, so it should
     *     handle its own
     */
    public WorkQueue(int workers, Backoff backoff, Environment environment, Consumer<? super K> work) {
        if (workers < 1) {
            throw new IllegalArgumentException("a queue needs a worker");
        }
        this.workers = workers;
        this.backoff = backoff;
        this.environment = environment;
        this.work = work;
    }

    /** Begins to hand keys to the work. Idempotent. */
    public void start() {
        synchronized (lock) {
            started = true;
        }
        dispatch();
    }

    public void add(K key) {
        add(key, Lane.NORMAL);
    }

    /** Adds the key, unless it waits already. One that can wait and is added as what just changed waits no longer. */
    public void add(K key, Lane lane) {
        synchronized (lock) {
            Lane waiting = dirty.get(key);
            if (closed || waiting == Lane.NORMAL || waiting == lane) {
                return;
            }
            dirty.put(key, lane);
            if (waiting == null) {
                figures.added();
            }
            if (processing.containsKey(key) || resting.containsKey(key)) {
                return;
            }
            if (waiting != null) {
                later.remove(key);
            }
            since.putIfAbsent(key, environment.nanoTime().getAsLong());
            line(lane).add(key);
        }
        dispatch();
    }

    @GuardedBy("lock")
    private Collection<K> line(Lane lane) {
        return lane == Lane.NORMAL ? ready : later;
    }

    /** Adds the key after the delay. Of several delays for one key the one that ends first counts. */
    public void addAfter(K key, Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            add(key);
            return;
        }
        synchronized (lock) {
            if (closed) {
                return;
            }
            long due = environment.nanoTime().getAsLong() + delay.toNanos();
            Delayed waiting = delayed.get(key);
            if (waiting != null) {
                if (waiting.dueNanos - due <= 0) {
                    return;
                }
                waiting.timer.cancel(false);
            }
            try {
                ScheduledFuture<?> timer =
                        environment.timers().schedule(() -> elapsed(key, due), delay.toNanos(), TimeUnit.NANOSECONDS);
                delayed.put(key, new Delayed(due, timer));
            } catch (RejectedExecutionException e) {
                LOG.debug("the timers have ended, and this queue with them", e);
                closed = true;
            }
        }
    }

    /** Lets the key rest from now on; whatever is added meanwhile is worked on afterwards. To be called by the key's own work. */
    public void rest(K key, Duration time) {
        if (time.isNegative() || time.isZero()) {
            return;
        }
        synchronized (lock) {
            if (closed || resting.containsKey(key)) {
                return;
            }
            try {
                resting.put(
                        key, environment.timers().schedule(() -> rested(key), time.toNanos(), TimeUnit.NANOSECONDS));
            } catch (RejectedExecutionException e) {
                LOG.debug("the timers have ended, and this queue with them", e);
                closed = true;
            }
        }
    }

    private void rested(K key) {
        synchronized (lock) {
            resting.remove(key);
            if (closed || processing.containsKey(key)) {
                return;
            }
            lineUpAgain(key);
        }
        dispatch();
    }

    @GuardedBy("lock")
    private void lineUpAgain(K key) {
        Lane again = dirty.get(key);
        if (again != null) {
            since.put(key, environment.nanoTime().getAsLong());
            line(again).add(key);
        }
    }

    /** Adds the key after its back-off, which grows with each call until {@link #forget}. Returns the delay. */
    public Duration addBackedOff(K key) {
        Duration delay;
        synchronized (lock) {
            delay = backoff.delay(failures.merge(key, 1, Integer::sum));
        }
        figures.retried();
        addAfter(key, delay);
        return delay;
    }

    /**
     * Adds the key after its back-off, when somebody else wrote first. That is no fault of the key's, and what was written is on its
     * way here; but while it is, each other change leads to another conflict. So they count as a few failures, however many they are:
     * else a key of which nothing was ever wrong waits for a quarter of an hour when something is for the first time.
     */
    public void addAfterConflict(K key) {
        int count;
        synchronized (lock) {
            count = failures.merge(
                    key, 1, (before, one) -> Math.max(before, Math.min(before + one, CONFLICTS_THAT_COUNT)));
        }
        figures.retried();
        addAfter(key, backoff.delay(Math.min(count, CONFLICTS_THAT_COUNT)));
    }

    /** The key is well: its next back-off begins anew. */
    public void forget(K key) {
        synchronized (lock) {
            failures.remove(key);
        }
    }

    /** How often the key was backed off since it was last forgotten. */
    public int failures(K key) {
        synchronized (lock) {
            return failures.getOrDefault(key, 0);
        }
    }

    /** How many keys are ready and not yet in work. */
    public int depth() {
        synchronized (lock) {
            return ready.size() + later.size();
        }
    }

    /** Says what happened here. @param name of the queue */
    public void report(Gathering gathering, String name) {
        figures.report(gathering, name, depth());
    }

    /**
     * Drops what waits, takes nothing more, and returns when the work under way has ended, or after ten seconds. Called
     * from within the work, it does not wait for that one. Idempotent.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            ready.clear();
            later.clear();
            dirty.clear();
            since.clear();
            failures.clear();
            delayed.values().forEach(waiting -> waiting.timer.cancel(false));
            delayed.clear();
            resting.values().forEach(timer -> timer.cancel(false));
            resting.clear();
            awaitWork();
        }
    }

    @GuardedBy("lock")
    private void awaitWork() {
        long deadline = environment.nanoTime().getAsLong() + CLOSE_NANOS;
        try {
            while (othersWork()) {
                long left = deadline - environment.nanoTime().getAsLong();
                if (left <= 0) {
                    LOG.warn("closed while work on {} still runs", processing.keySet());
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @GuardedBy("lock")
    private boolean othersWork() {
        return processing.values().stream().anyMatch(thread -> thread != Thread.currentThread());
    }

    private void elapsed(K key, long due) {
        synchronized (lock) {
            Delayed waiting = delayed.get(key);
            if (waiting == null || waiting.dueNanos != due) {
                return;
            }
            delayed.remove(key);
        }
        add(key);
    }

    /** Gives the executor as many tasks as there are ready keys and free workers. */
    private void dispatch() {
        while (true) {
            synchronized (lock) {
                if (!started || closed || dispatched >= workers || dispatched - processing.size() >= waiting()) {
                    return;
                }
                dispatched++;
            }
            try {
                environment.executor().execute(this::workOnNext);
            } catch (RejectedExecutionException e) {
                LOG.debug("the executor has ended, and this queue with it", e);
                synchronized (lock) {
                    dispatched--;
                    closed = true;
                }
                return;
            } catch (RuntimeException | Error e) {
                // Such as no memory for another thread: the next key that comes asks for one again.
                synchronized (lock) {
                    dispatched--;
                }
                throw e;
            }
        }
    }

    @GuardedBy("lock")
    private int waiting() {
        return ready.size() + later.size();
    }

    private void workOnNext() {
        K key = null;
        try {
            key = take();
            if (key != null) {
                long begin = environment.nanoTime().getAsLong();
                work.accept(key);
                figures.worked(environment.nanoTime().getAsLong() - begin);
            }
        } catch (RuntimeException e) {
            LOG.error("work on {} failed beyond its own handling", key, e);
        } finally {
            done(key);
            // Also after an error, which ends this thread: the others wait for nothing else.
            dispatch();
        }
    }

    private @Nullable K take() {
        synchronized (lock) {
            K key = next();
            if (key != null) {
                dirty.remove(key);
                Long added = since.remove(key);
                if (added != null) {
                    figures.waited(environment.nanoTime().getAsLong() - added);
                }
                processing.put(key, Thread.currentThread());
            }
            return key;
        }
    }

    @GuardedBy("lock")
    private @Nullable K next() {
        if (later.isEmpty()) {
            overtaken = 0;
            return ready.poll();
        }
        if (!ready.isEmpty() && overtaken < PATIENCE) {
            overtaken++;
            return ready.poll();
        }
        overtaken = 0;
        Iterator<K> waiting = later.iterator();
        K key = waiting.next();
        waiting.remove();
        return key;
    }

    private void done(@Nullable K key) {
        synchronized (lock) {
            dispatched--;
            if (key != null) {
                processing.remove(key);
                if (!resting.containsKey(key)) {
                    lineUpAgain(key);
                }
            }
            lock.notifyAll();
        }
    }
}
