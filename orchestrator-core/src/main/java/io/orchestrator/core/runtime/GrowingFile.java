package io.orchestrator.core.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What is appended to a file from now on, byte for byte, until nothing more can come. A read waits for it, and gives the end
 * once this is closed. One reader at a time; any thread may close.
 */
final class GrowingFile extends InputStream {
    /** How long what was typed at a terminal may wait for its echo. */
    private static final long LOOK_MILLIS = 20;

    private final LogFile log;
    private final FileChannel file;
    private final BooleanSupplier over;

    /** @param over whether nothing more can come */
    GrowingFile(LogFile log, BooleanSupplier over) throws IOException {
        this.log = log;
        this.file = FileChannel.open(log.path(), StandardOpenOption.READ);
        this.over = over;
        file.position(file.size());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        try {
            while (true) {
                boolean last = over.getAsBoolean();
                long at = beginning();
                int read = file.read(ByteBuffer.wrap(into, offset, length));
                if (at < log.start()) {
                    file.position(at);
                    continue; // it was cut out while it was read
                }
                if (read > 0 || last) {
                    return read;
                }
                rest();
            }
        } catch (ClosedChannelException e) {
            return -1;
        }
    }

    /** Where it reads on: what lay there may have been cut out, or all may have been begun anew. */
    private long beginning() throws IOException {
        if (file.position() < log.start() || file.position() > file.size()) {
            file.position(log.start());
        }
        return file.position();
    }

    private synchronized void rest() throws IOException {
        try {
            if (file.isOpen()) {
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while following a file");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
        notifyAll();
    }
}
