package io.orchestrator.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2's over the machine's own, whose syncs hang while it is told so. One for the whole process. */
public final class StallingFiles extends FilePathWrapper {
    private static final String SCHEME = "stalling";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();

    private static boolean stalled;
    private static int hanging;
    private static boolean failing;

    /** To be put before a path. */
    static String prefix() {
        FilePath.register(new StallingFiles());
        return SCHEME + ":";
    }

    static void stall(boolean now) {
        LOCK.lock();
        try {
            stalled = now;
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /** Has the sync that hangs, or the next, end with an error. */
    static void failNext() {
        LOCK.lock();
        try {
            failing = true;
        } finally {
            LOCK.unlock();
        }
    }

    /** Waits until a sync hangs. */
    static void awaitHanging() throws InterruptedException {
        LOCK.lock();
        try {
            while (hanging == 0) {
                CHANGED.await();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void pass() {
        LOCK.lock();
        try {
            hanging++;
            CHANGED.signalAll();
            while (stalled) {
                CHANGED.awaitUninterruptibly();
            }
            hanging--;
            if (failing) {
                failing = false;
                throw new StackOverflowError("of the test");
            }
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Stalling(getBase().open(mode));
    }

    private static final class Stalling extends FileBase {
        private final FileChannel file;

        Stalling(FileChannel file) {
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            pass();
            file.force(metaData);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long at) throws IOException {
            return file.read(target, at);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long at) throws IOException {
            return file.write(source, at);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long to) throws IOException {
            file.position(to);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long to) throws IOException {
            file.truncate(to);
            return this;
        }

        @Override
        public FileLock tryLock(long from, long size, boolean shared) throws IOException {
            return file.tryLock(from, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
