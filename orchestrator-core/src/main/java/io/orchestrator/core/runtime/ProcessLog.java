package io.orchestrator.core.runtime;

import io.orchestrator.core.runtime.LogTimes.Mark;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A container's output. The container's processes write the file themselves, so it needs no agent to go on; when lines came
 * is noted beside it by {@link #observe}, to the precision of its calls, and for what came while no agent ran, when the
 * next one looked, and what is too old is forgotten then. Guarded by its own monitor, on which followers wait.
 */
final class ProcessLog {
    private static final int PIECE = 64 * 1024;
    private static final long WAIT_MILLIS = 100;

    private final LogFile file;
    private final LogTimes times;
    private final Clock clock;
    private long seen = -1;

    ProcessLog(Path directory, LogLimit limit, Clock clock) {
        this.file = new LogFile(directory, limit);
        this.times = new LogTimes(directory.resolve("log.times"));
        this.clock = clock;
    }

    LogFile file() {
        return file;
    }

    /** Notes the time of what was written since the last call, and has no more kept than there may be. */
    synchronized void observe() throws IOException {
        long length = file.length();
        if (seen < 0) {
            seen = times.last();
        }
        if (length < seen) {
            times.clear();
            file.restart();
            seen = 0;
        }
        if (length > seen) {
            try {
                // first, as the disk may be full
                if (file.shorten(length)) {
                    times.dropBefore(file.start());
                }
                times.add(new Mark(length, clock.instant()));
                seen = length;
            } finally {
                notifyAll();
            }
        }
    }

    /** Up to where its times are noted. */
    synchronized long seen() {
        return seen;
    }

    synchronized void wake() {
        notifyAll();
    }

    /** @param over whether nothing more can come */
    LogStream open(LogQuery query, BooleanSupplier over) throws IOException {
        observe();
        return new Reader(query, over);
    }

    private final class Reader implements LogStream {
        private final LogQuery query;
        private final BooleanSupplier over;
        private final RandomAccessFile input;
        private List<Mark> marks;
        private long given;
        private volatile boolean closed;

        Reader(LogQuery query, BooleanSupplier over) throws IOException {
            this.query = query;
            this.over = over;
            this.input = new RandomAccessFile(file.path().toFile(), "r");
            synchronized (ProcessLog.this) {
                // nobody else asks when anything came
                this.marks = query.timestamps() || query.since() != null ? times.all() : List.of();
            }
            long tail = query.tail() == null ? 0 : tailOffset(query.tail());
            long since = query.since() == null ? 0 : sinceOffset(query.since());
            input.seek(Math.max(file.start(), Math.max(tail, since)));
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            while (!closed && (query.limitBytes() == 0 || given < query.limitBytes())) {
                boolean last = over.getAsBoolean();
                byte[] line = nextLine(last || !query.follow());
                if (line.length > 0) {
                    return cut(line);
                }
                if (last || !query.follow()) {
                    return null;
                }
                await();
            }
            return null;
        }

        /** Up to a line's end; what has none only when nothing more will come. Empty when there is nothing yet. */
        private byte[] nextLine(boolean complete) throws IOException {
            synchronized (this) {
                if (closed) {
                    return new byte[0];
                }
                long start = beginning();
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                byte[] buffer = new byte[8192];
                boolean whole = false;
                while (!whole && line.size() < PIECE) {
                    int n = input.read(buffer);
                    if (n <= 0) {
                        break;
                    }
                    int end = indexOfNewline(buffer, n);
                    line.write(buffer, 0, end < 0 ? n : end + 1);
                    whole = end >= 0;
                }
                if (start < file.start()) {
                    input.seek(start);
                    return nextLine(complete); // it was cut out while it was read
                }
                if (whole || line.size() >= PIECE || complete) {
                    input.seek(start + line.size());
                    return line.size() == 0 ? new byte[0] : stamped(start, line.toByteArray());
                }
                input.seek(start);
                return new byte[0];
            }
        }

        /** Where it reads on: what lay there may have been cut out, or all may have been begun anew. */
        private long beginning() throws IOException {
            long at = input.getFilePointer();
            if (at < file.start() || at > input.length()) {
                input.seek(file.start());
            }
            return input.getFilePointer();
        }

        private byte[] stamped(long offset, byte[] line) throws IOException {
            if (!query.timestamps()) {
                return line;
            }
            if (marks.isEmpty() || marks.get(marks.size() - 1).offset() <= offset) {
                observe();
                synchronized (ProcessLog.this) {
                    marks = times.since(offset);
                }
            }
            byte[] prefix = (timeOf(offset) + " ").getBytes(StandardCharsets.UTF_8);
            byte[] whole = Arrays.copyOf(prefix, prefix.length + line.length);
            System.arraycopy(line, 0, whole, prefix.length, line.length);
            return whole;
        }

        private Instant timeOf(long offset) {
            return LogTimes.at(marks, offset).orElseGet(clock::instant);
        }

        private byte[] cut(byte[] line) {
            long left = query.limitBytes() == 0 ? line.length : query.limitBytes() - given;
            byte[] piece = line.length <= left ? line : Arrays.copyOf(line, (int) left);
            given += piece.length;
            return piece;
        }

        private void await() throws IOException {
            synchronized (ProcessLog.this) {
                try {
                    ProcessLog.this.wait(WAIT_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while following a log");
                }
            }
        }

        /** Where the last lines begin, read backwards in pieces. */
        private long tailOffset(int lines) throws IOException {
            long end = input.length();
            if (lines == 0) {
                return end;
            }
            int wanted = lines + 1;
            byte[] buffer = new byte[8192];
            long first = file.start();
            for (long at = end; at > first; ) {
                int size = (int) Math.min(buffer.length, at - first);
                at -= size;
                input.seek(at);
                input.readFully(buffer, 0, size);
                for (int i = size - 1; i >= 0; i--) {
                    boolean lastOfAll = at + i == end - 1;
                    if ((buffer[i] == '\n' || lastOfAll) && --wanted == 0) {
                        return at + i + 1;
                    }
                }
            }
            return 0;
        }

        private long sinceOffset(Instant since) {
            long offset = 0;
            for (Mark mark : marks) {
                if (!mark.at().isBefore(since)) {
                    return offset;
                }
                offset = mark.offset();
            }
            return offset;
        }

        @Override
        public void close() {
            closed = true;
            wake();
            synchronized (this) {
                try {
                    input.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException("a log file could not be closed", e);
                }
            }
        }
    }

    private static int indexOfNewline(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
