package io.orchestrator.core.network.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One selector and all channels registered with it. Runs as a long-lived task, sleeps while nothing happens, and owns
 * everything that it is asked to run. {@link #execute}, {@link #await} and {@link #close} may be called by any thread.
 */
public final class SelectorLoop implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);
    /** The size of the buffers that it lends. */
    public static final int BUFFER = 64 * 1024;

    private static final int SPARE_BUFFERS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What a channel's key carries. */
    public interface Channel {
        /** Something can be done. Whatever goes wrong ends the channel. */
        void ready(SelectionKey key);

        /** Ends it at once. */
        void abort();
    }

    private final Selector selector;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(BUFFER);
    private final ArrayDeque<ByteBuffer> spares = new ArrayDeque<>();

    private final Alarms alarms = new Alarms();
    private volatile boolean closed;

    public SelectorLoop(LongSupplier nanoTime) throws IOException {
        this.selector = Selector.open();
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        try {
            while (!closed && !Thread.currentThread().isInterrupted()) {
                selector.select(this::serve, untilNextAlarm());
                runTasks();
                ringAlarms();
            }
        } catch (IOException e) {
            LOG.error("a selector failed, and its connections with it", e);
        } finally {
            end();
        }
    }

    /** Runs the task on the loop, soon. A closed loop runs nothing more. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs the task on the loop and returns when it has run, and closed channels have given back their ports. */
    public void await(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        execute(() -> {
            try {
                task.run();
                flushClosed();
            } finally {
                done.countDown();
            }
        });
        waitFor(done);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    public boolean isClosed() {
        return closed;
    }

    /** After {@link #close()}: returns when everything is closed. */
    void awaitEnd() {
        waitFor(ended);
    }

    public SelectionKey register(SelectableChannel channel, int operations, Channel attachment) throws IOException {
        return channel.register(selector, operations, attachment);
    }

    /** For reading into, until the next use by whatever else. */
    public ByteBuffer scratch() {
        scratch.clear();
        return scratch;
    }

    /** A buffer to keep; to be given back. */
    public ByteBuffer takeBuffer() {
        ByteBuffer spare = spares.poll();
        return spare == null ? ByteBuffer.allocateDirect(BUFFER) : spare.clear();
    }

    public void giveBack(ByteBuffer buffer) {
        if (spares.size() < SPARE_BUFFERS) {
            spares.add(buffer);
        }
    }

    public void setAlarm(Object owner, Duration after, Runnable action) {
        alarms.set(owner, now() + after.toNanos(), action);
    }

    public void cancelAlarm(Object owner) {
        alarms.cancel(owner);
    }

    public long now() {
        return nanoTime.getAsLong();
    }

    /** All of this kind that are registered now. On the loop. */
    public <T extends Channel> Set<T> registered(Class<T> kind) {
        Set<T> found = new HashSet<>();
        for (SelectionKey key : selector.keys()) {
            if (kind.isInstance(key.attachment())) {
                found.add(kind.cast(key.attachment()));
            }
        }
        return found;
    }

    private void waitFor(CountDownLatch latch) {
        try {
            // The loop's own end answers for tasks that it no longer runs.
            long step = 50;
            long waited = 0;
            while (!latch.await(step, TimeUnit.MILLISECONDS)) {
                waited += step;
                if (ended.getCount() == 0) {
                    return;
                }
                if (waited >= PATIENCE.toMillis()) {
                    throw new IllegalStateException("a loop of sockets does not answer");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SelectionKey key) {
        Channel channel = (Channel) key.attachment();
        try {
            if (key.isValid()) {
                channel.ready(key);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a connection failed beyond its own handling", e);
            channel.abort();
        }
    }

    /** What is handed over after the end is ended here. Called by the loop, and by the closing thread once the loop is gone. */
    void runTasks() {
        Runnable task = tasks.poll();
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("a task of a loop of sockets failed", e);
            }
            task = tasks.poll();
        }
    }

    /** Zero, for the selector, is for ever. */
    private long untilNextAlarm() {
        if (alarms.isEmpty()) {
            return 0;
        }
        long next = alarms.nextNanos() - now();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next) + 1);
    }

    private void ringAlarms() {
        if (!alarms.isEmpty()) {
            alarms.ring(now());
        }
    }

    private void flushClosed() {
        try {
            selector.selectNow(this::serve);
        } catch (IOException e) {
            LOG.error("a selector failed", e);
        }
    }

    private void end() {
        closed = true;
        runTasks();
        for (SelectionKey key : List.copyOf(selector.keys())) {
            ((Channel) key.attachment()).abort();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("a selector could not be closed", e);
        }
        ended.countDown();
    }
}
