package io.orchestrator.core.agent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order on an executor: whoever owns a lane owns what its tasks touch. A task that fails is
 * logged and keeps no other from running.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    Lane(Executor executor) {
        this.executor = executor;
    }

    /** Never runs the task on the caller's stack, unless the executor does. */
    void submit(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            dispatch();
        }
    }

    private void dispatch() {
        try {
            executor.execute(this::runNext);
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor has ended, and this lane with it", e);
        }
    }

    private void runNext() {
        Runnable next = tasks.poll();
        try {
            if (next != null) {
                next.run();
            }
        } catch (RuntimeException e) {
            LOG.error("a step of a pod failed beyond its own handling", e);
        } finally {
            if (pending.decrementAndGet() > 0) {
                dispatch();
            }
        }
    }
}
