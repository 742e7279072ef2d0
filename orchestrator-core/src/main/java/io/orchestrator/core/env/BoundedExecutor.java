package io.orchestrator.core.env;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most so many tasks at a time on another executor, the others in line: for calls that may block, each of which then holds a
 * thread. A task that fails is logged and keeps none of the others from running.
 *
 * <p>To wake a thread costs as much as many a task. So one is asked for only when the last one that was asked for has come and
 * still finds more than it can do itself: tasks that block soon have all the threads they may, quick ones share a few.
 */
public final class BoundedExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedExecutor.class);

    /** After so many tasks a thread is given back, so that a long line does not starve its neighbours. */
    private static final int IN_A_ROW = 32;

    private final Executor executor;
    private final int limit;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Threads that were asked for and have not ended, whether they have come or not. */
    @GuardedBy("lock")
    private int threads;

    /** Whether one of them has not come yet. */
    @GuardedBy("lock")
    private boolean coming;

    public BoundedExecutor(Executor executor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("nothing would ever run");
        }
        this.executor = executor;
        this.limit = limit;
    }

    /**
     * Where no thread is to be had, the task waits for one that runs already.
     *
     * @throws RejectedExecutionException when the executor has ended
     */
    @Override
    public void execute(Runnable task) {
        boolean another;
        synchronized (lock) {
            waiting.add(task);
            another = asksForAnother();
        }
        if (another) {
            begin(task);
        }
    }

    @GuardedBy("lock")
    private boolean asksForAnother() {
        if (coming || threads >= limit || waiting.isEmpty()) {
            return false;
        }
        coming = true;
        threads++;
        return true;
    }

    private void begin(Runnable task) {
        try {
            begin();
        } catch (RuntimeException | OutOfMemoryError e) {
            synchronized (lock) {
                if (threads == 0 && waiting.remove(task)) {
                    throw e;
                }
            }
            LOG.debug("no other thread comes; those that are there go on", e);
        }
    }

    /** A thread that cannot be had, as the system has no more of them or the executor has ended, is not waited for. */
    private void begin() {
        boolean asked = false;
        try {
            executor.execute(() -> {
                synchronized (lock) {
                    coming = false;
                }
                goOn();
            });
            asked = true;
        } finally {
            if (!asked) {
                synchronized (lock) {
                    coming = false;
                    threads--;
                }
            }
        }
    }

    /** A task that ends its thread leaves the place to another. */
    private void goOn() {
        boolean inOrder = false;
        try {
            while (!isDone() && !isHandedOn()) {
                LOG.debug("the same thread goes on with what is in line");
            }
            inOrder = true;
        } finally {
            if (!inOrder) {
                leave();
            }
        }
    }

    private void leave() {
        boolean another;
        synchronized (lock) {
            threads--;
            another = asksForAnother();
        }
        if (another) {
            beginIfPossible();
        }
    }

    /** Runs some of what is in line; whether there is no more of it, and this thread is not counted any longer. */
    private boolean isDone() {
        for (int row = 0; row < IN_A_ROW; row++) {
            @Nullable Runnable task;
            boolean another;
            synchronized (lock) {
                task = waiting.poll();
                if (task == null) {
                    threads--;
                    return true;
                }
                another = asksForAnother();
            }
            if (another) {
                beginIfPossible();
            }
            run(task);
        }
        return false;
    }

    /** Whether another turn has the rest, or nobody has, since the executor has ended. */
    private boolean isHandedOn() {
        try {
            executor.execute(this::goOn);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("what is in line is not run any more: the executor has ended", e);
            synchronized (lock) {
                threads--;
            }
            return true;
        } catch (OutOfMemoryError e) {
            LOG.warn("no thread is to be had for what is in line", e);
            return false;
        }
    }

    private void beginIfPossible() {
        try {
            begin();
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOG.debug("no other thread comes; this one goes on", e);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a background task failed beyond its own handling", e);
        }
    }
}
