package io.orchestrator.core.env;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger pending = new AtomicInteger();

    public SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the executor has ended */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        int done = 0;
        do {
            Runnable next = tasks.poll();
            if (next != null) {
                run(next);
            }
            done++;
        } while (done < BATCH && done < pending.get());
        if (pending.addAndGet(-done) > 0) {
            executor.execute(this::drain);
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
