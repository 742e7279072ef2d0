package io.orchestrator.apiserver.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Pieces, compressed on their way: what they are made of stays as it is for the next reader. Closed by its end. */
final class GzipPieces implements Iterator<byte[]>, AutoCloseable {
    private static final int ENOUGH = 16 * 1024;
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Iterator<byte[]> pieces;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final FastGzip gzip;
    private boolean ended;

    GzipPieces(Iterator<byte[]> pieces) {
        this.pieces = pieces;
        try {
            this.gzip = new FastGzip(compressed);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    /** As quick as can be, like Kubernetes: the network within a cluster is quick, too. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public byte[] next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            while (compressed.size() < ENOUGH && pieces.hasNext()) {
                gzip.write(pieces.next());
            }
            if (!pieces.hasNext()) {
                ended = true;
                gzip.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        byte[] next = compressed.toByteArray();
        compressed.reset();
        return next;
    }

    /** Gives back what the compression holds, also where nobody wanted the rest. Idempotent. */
    @Override
    public void close() {
        ended = true;
        try {
            gzip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }
}
