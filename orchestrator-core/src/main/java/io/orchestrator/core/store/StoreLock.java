package io.orchestrator.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A store's directory belongs to one store at a time, in this process and among all of this machine. */
final class StoreLock implements AutoCloseable {
    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StoreFileException when another holds it */
    static StoreLock take(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new StoreLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException again) {
                    e.addSuppressed(again);
                }
            }
            throw StoreFileException.inaccessible(file, e);
        }
        throw new StoreFileException(
                file.getParent() + " is in use by another store, in this or another process: only one may have it open"
                        + " at a time",
                null);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another store of this very process.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        // The file stays: removing it would let two hold a lock on two files of one name.
        channel.close();
    }
}
