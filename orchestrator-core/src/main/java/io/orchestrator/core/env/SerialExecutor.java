package io.orchestrator.core.env;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of a loop's state: runs tasks one at a time, in the order they came, on another executor, and holds none of its
 * threads while there is nothing to do. What one task writes, the next one sees. A task that fails is logged and keeps none of
 * the others from running.
 */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    /** After so many tasks the thread is given back, so that a busy loop does not starve its neighbours. */
    private static final int BATCH = 128;

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Whether a thread has the tasks, or one was asked for. */
    private final AtomicBoolean draining = new AtomicBoolean();

    public SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /**
     * Where no thread is to be had now, the task waits for the next one that comes.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the executor has ended
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        begin();
    }

    private void begin() {
        if (!draining.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::drain);
        } catch (Error e) {
            // Such as no memory for another thread; an executor that has ended is not asked again.
            draining.set(false);
            throw e;
        }
    }

    /** Also a task that ends its thread leaves the rest to another one. */
    private void drain() {
        try {
            for (int done = 0; done < BATCH; done++) {
                Runnable next = tasks.poll();
                if (next == null) {
                    break;
                }
                run(next);
            }
        } finally {
            draining.set(false);
            // What came since the last look found the tasks in hand, and asked for nobody.
            if (!tasks.isEmpty()) {
                begin();
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of a loop failed beyond its own handling", e);
        }
    }
}
