package io.orchestrator.core.env;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most so many tasks at a time on another executor, the others in line: for blocking calls, each of which holds a thread. A
 * task that fails is logged and keeps none of the others from running.
 */
public final class BoundedExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedExecutor.class);

    private final Executor executor;
    private final int limit;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    public BoundedExecutor(Executor executor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("nothing would ever run");
        }
        this.executor = executor;
        this.limit = limit;
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the executor has ended */
    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (pending.getAndIncrement() < limit) {
            executor.execute(this::runOne);
        }
    }

    /** Every count above the limit stands for one task in line, which whoever finishes takes along. */
    private void runOne() {
        Runnable task = waiting.poll();
        if (task != null) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a background task failed beyond its own handling", e);
            }
        }
        if (pending.getAndDecrement() > limit) {
            executor.execute(this::runOne);
        }
    }
}
