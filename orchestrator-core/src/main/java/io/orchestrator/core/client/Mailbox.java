package io.orchestrator.core.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, without a thread of its own and without a lock: whoever brings a task to an idle
 * mailbox runs it, and whatever others bring meanwhile. What one task writes, the next one sees. A task that fails is logged
 * and keeps none of the others from running.
 */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** Runs the task, here and now unless another one is under way. */
    void run(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() > 0) {
            return;
        }
        @Nullable Error failure = null;
        do {
            Runnable next = tasks.poll();
            try {
                if (next != null) {
                    runOne(next);
                }
            } catch (Error e) {
                // Nobody else would run the others, now or ever.
                failure = failure == null ? e : failure;
            }
        } while (pending.decrementAndGet() > 0);
        if (failure != null) {
            throw failure;
        }
    }

    private static void runOne(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a watch's task failed beyond its own handling", e);
        }
    }
}
