package io.orchestrator.apiserver.spdy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has come on one stream and was not taken by its reader yet. A task of the executor hands it on, so that a slow reader
 * holds up neither the connection's own task nor the readers of other streams; no task waits while there is nothing. How much
 * may lie in here is for the connection to see to, which is told of all that leaves. Thread-safe.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Executor executor;
    private final IntConsumer taken;
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private @Nullable StreamReader reader;
    private boolean ended;
    private boolean broken;
    private boolean done;
    private boolean running;

    /** @param taken told how many bytes have left */
    Inbox(Executor executor, IntConsumer taken) {
        this.executor = executor;
        this.taken = taken;
    }

    /** Says who reads. */
    void open(StreamReader opened) {
        synchronized (this) {
            reader = opened;
        }
        run();
    }

    /** False when nobody will read it: it is dropped. */
    boolean add(byte[] piece) {
        synchronized (this) {
            if (isEnded()) {
                return false;
            }
            pieces.add(piece);
        }
        run();
        return true;
    }

    /** No more comes. What lies here is handed on, then the reader is told. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        run();
    }

    /** No more comes, and what lies here is dropped: the reader is told, unless it has had everything already. */
    void breakOff() {
        int dropped;
        synchronized (this) {
            broken = true;
            dropped = clear();
        }
        taken.accept(dropped);
        run();
    }

    /** Whether no more comes. */
    synchronized boolean isEnded() {
        return ended || done || broken;
    }

    /** Drops everything; the reader is told nothing any more. Returns whether more might have come. */
    boolean abandon() {
        int dropped;
        boolean open;
        synchronized (this) {
            open = !isEnded();
            done = true;
            dropped = clear();
        }
        taken.accept(dropped);
        return open;
    }

    private int clear() {
        int dropped = 0;
        for (byte[] piece : pieces) {
            dropped += piece.length;
        }
        pieces.clear();
        return dropped;
    }

    private void run() {
        synchronized (this) {
            if (running || done || reader == null || pieces.isEmpty() && !ended && !broken) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.debug("a stream is not read to its end: the server is being closed");
        }
    }

    private void drain() {
        while (true) {
            byte[] piece;
            StreamReader to;
            boolean cut;
            synchronized (this) {
                to = reader;
                piece = pieces.poll();
                cut = broken;
                if (done || to == null || piece == null && !ended && !broken) {
                    running = false;
                    return;
                }
                done = piece == null;
            }
            try {
                if (cut) {
                    to.broken();
                } else if (piece == null) {
                    to.ended();
                } else {
                    to.received(piece);
                }
            } catch (IOException e) {
                // Who reads has gone, as many commands do before their input ends; what comes later has no reader.
                LOG.debug("what came on a stream was not taken: {}", e.toString());
                abandon();
            } finally {
                if (piece != null) {
                    taken.accept(piece.length);
                }
            }
        }
    }
}
