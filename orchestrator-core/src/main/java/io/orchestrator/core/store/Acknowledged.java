package io.orchestrator.core.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How far writes have been acknowledged, in a small file beside the journal. A journal that ends before it has lost what
 * somebody relies on, which it cannot tell by itself: a lost end looks like one that never was.
 *
 * <p>Written after the journal was synced and not synced itself: it may lie behind the truth, and never runs ahead of it.
 */
final class Acknowledged implements AutoCloseable {
    private static final int LENGTH = Long.BYTES + Integer.BYTES;

    private final RandomAccessFile file;

    private Acknowledged(RandomAccessFile file) {
        this.file = file;
    }

    static Acknowledged open(Path path) {
        try {
            return new Acknowledged(new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException e) {
            throw StoreFileException.inaccessible(path, e);
        }
    }

    /** The last revision noted; 0 when there is none, or none that can be read. */
    long revision() throws IOException {
        byte[] bytes = new byte[LENGTH];
        file.seek(0);
        if (file.length() < LENGTH) {
            return 0;
        }
        file.readFully(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long revision = buffer.getLong();
        return buffer.getInt() == checksum(bytes) ? revision : 0;
    }

    void note(long revision) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH).putLong(revision);
        buffer.putInt(checksum(buffer.array()));
        file.seek(0);
        file.write(buffer.array());
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, Long.BYTES);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
