package io.orchestrator.core.store;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A position in the shared history, and the task that moves it forward. Either asleep, then its fields belong to whoever
 * holds the store's write lock; or handed to the executor, then they belong to that one task. A sleeper has nothing to
 * deliver up to the head: whoever writes what concerns it wakes it.
 */
final class MemorySubscription implements Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MemorySubscription.class);

    /** After so many calls the task goes to the end of the executor's queue, to let others have their turn. */
    private static final int CALLS_PER_TURN = 256;

    /** After so many a writer leaves the rest to the executor: it has its own answer to give. */
    private static final int CALLS_BY_A_WRITER = 8;

    private final MemoryStore store;
    private final History history;
    private final Executor executor;
    private final StoreKey prefix;
    private final ChangeSink sink;

    private boolean asleep;
    private long position;
    private long reported;
    private volatile @Nullable StoreException ending;
    private volatile boolean cancelled;

    MemorySubscription(
            MemoryStore store,
            History history,
            Executor executor,
            StoreKey prefix,
            long after,
            ChangeSink sink,
            boolean asleep) {
        this.store = store;
        this.history = history;
        this.executor = executor;
        this.prefix = prefix;
        this.sink = sink;
        this.position = Math.max(after, History.FIRST_REVISION);
        this.reported = position;
        this.asleep = asleep;
    }

    /** Under the write lock. Whether the caller must {@link #start} it once the lock is released. */
    boolean wake(Version version, long progressEvery) {
        long before = version.revision - 1;
        if (!asleep || before < position) {
            return false;
        }
        boolean concerned = version.slot.key.startsWith(prefix);
        if (!concerned && version.revision - position < progressEvery) {
            return false;
        }
        // A sleeper that was not woken since had nothing to get in between.
        position = before;
        asleep = false;
        return true;
    }

    /** Under the write lock. Whether the caller must {@link #start} it once the lock is released. */
    boolean end(StoreException cause) {
        ending = cause;
        boolean wasAsleep = asleep;
        asleep = false;
        return wasAsleep;
    }

    /** Under the write lock. */
    boolean rest() {
        asleep = ending == null && position >= history.head();
        return asleep;
    }

    void start() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            // The host took the threads away first. This thread holds no lock and may as well bring the news.
            StoreException cause = ending;
            finish(cause != null ? cause : new StoreException.Unavailable("the executor of the sinks refuses", e));
        } catch (RuntimeException | Error e) {
            // Such as no memory for another thread.
            finish(new StoreException.Unavailable("the executor of the sinks failed", e));
            throw e;
        }
    }

    /** By the writer who woke it, once the lock is released: at once where the sink is brief. */
    void startBy(boolean writer) {
        if (writer && sink.isBrief()) {
            turn(CALLS_BY_A_WRITER);
        } else {
            start();
        }
    }

    @Override
    public void run() {
        turn(CALLS_PER_TURN);
    }

    /** One that fails is neither asleep nor under way any more, so it ends. */
    private void turn(int most) {
        try {
            deliver(most);
        } catch (RuntimeException | Error e) {
            finish(new StoreException.Unavailable("the deliveries of " + prefix + " failed", e));
            throw e;
        }
    }

    private void deliver(int most) {
        int turn = most;
        while (!cancelled) {
            StoreException cause = ending;
            if (cause != null) {
                finish(cause);
                return;
            }
            if (turn == 0) {
                start();
                return;
            }
            if (position >= history.head()) {
                if (reported < position) {
                    reported = position;
                    turn--;
                    call(() -> sink.progress(reported));
                } else if (store.rest(this)) {
                    return;
                }
                continue;
            }
            Version version = history.at(position + 1);
            if (version == null) {
                finish(new StoreException.Compacted(position, history.floor()));
                return;
            }
            position = version.revision;
            if (version.slot.key.startsWith(prefix)) {
                reported = position;
                turn--;
                call(() -> sink.changes(version.revision, version.changes));
            }
        }
    }

    /** A sink that throws has missed what it was given, so it must not get more as if nothing had been. */
    private void call(Runnable delivery) {
        try {
            delivery.run();
        } catch (RuntimeException e) {
            finish(new StoreException.Unavailable("the sink of " + prefix + " threw", e));
        } catch (Error e) {
            finish(new StoreException.Unavailable("the sink of " + prefix + " threw", e));
            throw e;
        }
    }

    private void finish(StoreException cause) {
        boolean wanted = !cancelled;
        close();
        if (wanted) {
            try {
                sink.closed(cause);
            } catch (RuntimeException e) {
                LOG.warn("The sink of {} threw when told of its end", prefix, e);
            }
        }
    }

    @Override
    public long delivered() {
        return store.delivered(this);
    }

    /** Under the write lock. */
    boolean isCaughtUp() {
        return asleep && !cancelled;
    }

    @Override
    public void close() {
        cancelled = true;
        store.forget(this);
    }
}
