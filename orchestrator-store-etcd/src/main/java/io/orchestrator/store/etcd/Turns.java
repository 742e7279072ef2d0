package io.orchestrator.store.etcd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks one after another, in the order in which they came, on whichever thread of an executor is free. */
final class Turns implements Executor {
    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Turns(Executor executor) {
        this.executor = executor;
    }

    /** Never blocks on a task. Behind the end of the executor, tasks are dropped. */
    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                waiting.clear();
            }
        }
    }

    private void run() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            boolean returned = false;
            try {
                task.run();
                returned = true;
            } finally {
                if (!returned) {
                    // What it threw is for the thread to report; the next task has its turn all the same.
                    executor.execute(this::run);
                }
            }
        }
    }
}
