package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. What is read is written at once; what the receiver does not take is kept, at most one buffer,
 * and nothing more is read until it is gone. Owned by its loop.
 */
final class Pipe {
    /** So that one busy connection does not keep the others waiting. */
    private static final int READS_AT_A_TIME = 4;

    private final SelectorLoop loop;
    private final SocketChannel from;
    private final SocketChannel to;
    private @Nullable ByteBuffer kept;
    private boolean sourceEnded;
    private boolean finished;

    Pipe(SelectorLoop loop, SocketChannel from, SocketChannel to) {
        this.loop = loop;
        this.from = from;
        this.to = to;
    }

    /** The sender's end was passed on to the receiver. */
    boolean isFinished() {
        return finished;
    }

    boolean wantsToRead() {
        return !sourceEnded && kept == null;
    }

    boolean wantsToWrite() {
        return kept != null;
    }

    /** Moves what can be moved now. */
    void pump() throws IOException {
        if (!flush()) {
            return;
        }
        for (int reads = 0; reads < READS_AT_A_TIME && wantsToRead(); reads++) {
            ByteBuffer buffer = loop.scratch();
            int count = from.read(buffer);
            if (count < 0) {
                sourceEnded = true;
                finish();
                return;
            }
            if (count == 0) {
                return;
            }
            buffer.flip();
            to.write(buffer);
            if (buffer.hasRemaining()) {
                kept = loop.takeBuffer().put(buffer).flip();
            }
            if (count < SelectorLoop.BUFFER) {
                return;
            }
        }
    }

    /** Whether nothing is kept any more. */
    private boolean flush() throws IOException {
        if (kept == null) {
            return true;
        }
        to.write(kept);
        if (kept.hasRemaining()) {
            return false;
        }
        release();
        if (sourceEnded) {
            finish();
        }
        return true;
    }

    private void finish() throws IOException {
        if (!finished) {
            finished = true;
            to.shutdownOutput();
        }
    }

    void release() {
        if (kept != null) {
            loop.giveBack(kept);
            kept = null;
        }
    }
}
