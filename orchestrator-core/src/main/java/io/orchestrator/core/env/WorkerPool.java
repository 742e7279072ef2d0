package io.orchestrator.core.env;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that may block, in the order in which they came, on as many threads as that takes. A task goes to a thread of its
 * own while few are at work; beyond that it waits for one of them to end its task. To wake a thread costs more than most tasks
 * here do, and more threads at work than processors bring nothing.
 *
 * <p>Tasks block, though. Where some wait in line, a thread looks after them every other millisecond: those at work that wait for
 * something are made up for by twice as many, and where hardly any task began since the last look, a few more are set to work. So
 * whoever waits for another task gets it.
 *
 * <p>Thread-safe; no lock is held over a task.
 */
final class WorkerPool implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    /** So many at work need no others, while none of them blocks. */
    private static final int LANES = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ThreadFactory factory;
    private final LongSupplier nanoTime;
    private final LongConsumer parkNanos;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Those without a task, the one that had one last at the end: its memory is warm. */
    @GuardedBy("lock")
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Set<Worker> working = new HashSet<>();

    /** So many may be at work before somebody looks. */
    @GuardedBy("lock")
    private int most = LANES;

    @GuardedBy("lock")
    private long begun;

    @GuardedBy("lock")
    private long begunAtLook;

    @GuardedBy("lock")
    private boolean looking;

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private @Nullable Thread looker;

    /**
     * @param factory makes threads, not started yet
     * @param parkNanos parks the calling thread for so long at most
     */
    WorkerPool(ThreadFactory factory, LongSupplier nanoTime, LongConsumer parkNanos) {
        this.factory = factory;
        this.nanoTime = nanoTime;
        this.parkNanos = parkNanos;
    }

    /** @throws RejectedExecutionException when the pool is closed */
    @Override
    public void execute(Runnable task) {
        Worker worker = null;
        Thread look = null;
        synchronized (lock) {
            if (closed) {
                throw new RejectedExecutionException("the threads have ended");
            }
            tasks.add(task);
            if (working.size() < most) {
                worker = another();
            } else if (!looking) {
                looking = true;
                begunAtLook = begun;
                look = looker();
            }
        }
        if (worker != null) {
            worker.wake();
        }
        if (look != null) {
            LockSupport.unpark(look);
        }
    }

    /** Begins no other task, and interrupts those at work. Idempotent. */
    void close() {
        List<Worker> all = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            tasks.clear();
            all.addAll(idle);
            all.addAll(working);
            if (looker != null) {
                LockSupport.unpark(looker);
            }
        }
        all.forEach(worker -> worker.thread.interrupt());
    }

    @GuardedBy("lock")
    private Worker another() {
        Worker worker = idle.pollLast();
        if (worker == null) {
            worker = new Worker();
        }
        working.add(worker);
        return worker;
    }

    @GuardedBy("lock")
    private @Nullable Thread looker() {
        if (looker == null) {
            looker = factory.newThread(this::lookOn);
            looker.start();
        }
        return looker;
    }

    private void lookOn() {
        while (true) {
            boolean busy;
            synchronized (lock) {
                if (closed) {
                    return;
                }
                busy = looking;
            }
            if (busy) {
                parkNanos.accept(LOOK_NANOS);
                look();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void look() {
        List<Worker> more = new ArrayList<>();
        synchronized (lock) {
            looking = !tasks.isEmpty() && !closed;
            if (!looking) {
                return;
            }
            int waiting = 0;
            for (Worker worker : working) {
                waiting += worker.isWaiting() ? 1 : 0;
            }
            most = Math.max(most, waiting == 0 ? 0 : 2 * waiting + LANES);
            if (begun - begunAtLook < LANES) {
                // Those that read from a socket do not look as if they waited; nor do those for which no processor is
                // free, so there
                // are never many more at a time.
                most = Math.max(most, working.size() + LANES);
            }
            begunAtLook = begun;
            for (int i = tasks.size(); i > 0 && working.size() < most; i--) {
                more.add(another());
            }
        }
        more.forEach(Worker::wake);
    }

    /** One thread. */
    private final class Worker implements Runnable {
        private final Thread thread = factory.newThread(this);
        private boolean started;

        /** Whether it was put to work and has not begun yet. */
        private volatile boolean called;

        /** Called by whoever put it among those that work. */
        void wake() {
            called = true;
            if (started) {
                LockSupport.unpark(thread);
            } else {
                start();
            }
        }

        private void start() {
            boolean begins = false;
            try {
                started = true;
                thread.start();
                begins = true;
            } finally {
                if (!begins) {
                    synchronized (lock) {
                        working.remove(this); // the system has no more threads: the others see to the task
                    }
                }
            }
        }

        boolean isWaiting() {
            return !called
                    && switch (thread.getState()) {
                        case WAITING, TIMED_WAITING -> true;
                        default -> false; // whoever waits for a monitor has it soon, or its holder is seen to wait
                    };
        }

        @Override
        public void run() {
            while (isCalled()) {
                called = false;
                for (Runnable task = next(); task != null; task = next()) {
                    try {
                        task.run();
                    } catch (Throwable e) { // a thread outlives whatever a task does
                        LOG.error("a task failed beyond its own handling", e);
                    }
                }
            }
        }

        /** Null when there is nothing to do: then it is idle. */
        private @Nullable Runnable next() {
            synchronized (lock) {
                if (!closed && Thread.interrupted()) {
                    LOG.debug("an interrupt was meant for a task that has ended");
                }
                Runnable task = tasks.poll();
                if (task == null) {
                    working.remove(this);
                    idle.addLast(this);
                    // Those that are still at work may be there for long.
                    most = working.size() + LANES;
                } else {
                    begun++;
                }
                return task;
            }
        }

        /** Waits to be called; false when it was not for a long time, or the pool is closed. */
        private boolean isCalled() {
            long idleSince = nanoTime.getAsLong();
            while (!called) {
                boolean tired = nanoTime.getAsLong() - idleSince >= IDLE_NANOS;
                synchronized (lock) {
                    // Whoever takes it from the idle calls it.
                    if (closed || (tired && idle.remove(this))) {
                        return false;
                    }
                }
                parkNanos.accept(IDLE_NANOS);
                if (Thread.interrupted()) {
                    LOG.debug("an interrupt was meant for a task that has ended, or for all");
                }
            }
            return true;
        }
    }
}
