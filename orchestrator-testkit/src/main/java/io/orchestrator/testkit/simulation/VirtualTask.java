package io.orchestrator.testkit.simulation;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task in virtual time, and the future of its result. */
final class VirtualTask<V> implements RunnableScheduledFuture<V> {
    private enum State {
        WAITING,
        DONE,
        FAILED,
        CANCELLED
    }

    private final VirtualTime time;
    private final @Nullable Object owner;
    private final Callable<V> work;
    /** 0: once; above: from start to start; below: from end to start. */
    private final long period;

    private long due;
    private long sequence;
    private State state = State.WAITING;
    private @Nullable V result;
    private @Nullable Throwable failure;

    VirtualTask(VirtualTime time, @Nullable Object owner, long due, long sequence, long period, Callable<V> work) {
        this.time = time;
        this.owner = owner;
        this.due = due;
        this.sequence = sequence;
        this.period = period;
        this.work = work;
    }

    @Nullable
    Object owner() {
        return owner;
    }

    long due() {
        return due;
    }

    long sequence() {
        return sequence;
    }

    void postpone(long later) {
        due = later;
    }

    void resequence(long sequence) {
        this.sequence = sequence;
    }

    /**
     * A failure is kept for the future, as real executors do; an {@link Error} goes through, so that a broken invariant ends
     * the test where it broke.
     */
    @Override
    public void run() {
        if (state != State.WAITING) {
            return;
        }
        try {
            result = work.call();
            if (period == 0) {
                state = State.DONE;
            } else if (!isCancelled()) {
                due = period > 0 ? due + period : time.nanoTime() - period;
                time.addAgain(this);
            }
        } catch (Exception e) {
            failure = e;
            state = State.FAILED;
        }
    }

    @Override
    public boolean isPeriodic() {
        return period != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(due - time.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (state != State.WAITING) {
            return false;
        }
        state = State.CANCELLED;
        return true;
    }

    @Override
    public boolean isCancelled() {
        return state == State.CANCELLED;
    }

    @Override
    public boolean isDone() {
        return state != State.WAITING;
    }

    @Override
    @SuppressWarnings("NullAway") // A done task has whatever its work returned, and that may be null.
    public V get() throws ExecutionException {
        return switch (state) {
            case DONE -> result;
            case FAILED -> throw new ExecutionException(failure);
            case CANCELLED -> throw new CancellationException();
            case WAITING ->
                throw new IllegalStateException("on the one thread of the simulation nothing may wait for a task");
        };
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws ExecutionException {
        return get();
    }
}
