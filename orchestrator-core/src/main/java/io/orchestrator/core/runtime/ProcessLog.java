package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A container's output. The container's processes write the file themselves, so it needs no agent to go on; when lines came
 * is noted beside it by {@link #observe}, to the precision of its calls, and for what came while no agent ran, when the
 * next one looked. Guarded by its own monitor, on which followers wait.
 */
final class ProcessLog {
    private static final int PIECE = 64 * 1024;
    private static final long WAIT_MILLIS = 100;

    private record Mark(long offset, Instant at) {}

    private final Path file;
    private final Path times;
    private final Clock clock;
    private long seen = -1;

    ProcessLog(Path directory, Clock clock) {
        this.file = directory.resolve("log");
        this.times = directory.resolve("log.times");
        this.clock = clock;
    }

    Path file() {
        return file;
    }

    /** Notes the time of what was written since the last call. */
    synchronized void observe() throws IOException {
        long length = Files.exists(file) ? Files.size(file) : 0;
        if (seen < 0) {
            List<Mark> marks = marks();
            seen = marks.isEmpty() ? 0 : marks.get(marks.size() - 1).offset();
        }
        if (length > seen) {
            String line = length + " " + clock.instant() + "\n";
            Files.writeString(times, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            seen = length;
            notifyAll();
        }
    }

    synchronized void wake() {
        notifyAll();
    }

    /** @param over whether nothing more can come */
    LogStream open(LogQuery query, BooleanSupplier over) throws IOException {
        observe();
        return new Reader(query, over);
    }

    /** Each says: what lies before this offset, and after the one before, came at this time. */
    private List<Mark> marks() throws IOException {
        if (!Files.exists(times)) {
            return List.of();
        }
        List<Mark> marks = new ArrayList<>();
        for (String line : Files.readAllLines(times)) {
            int space = line.indexOf(' ');
            if (space > 0 && line.endsWith("Z")) {
                marks.add(new Mark(Long.parseLong(line.substring(0, space)), Instant.parse(line.substring(space + 1))));
            }
        }
        return marks;
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
            this.input = new RandomAccessFile(file.toFile(), "r");
            synchronized (ProcessLog.this) {
                this.marks = marks();
            }
            if (query.tail() != null) {
                input.seek(tailOffset(query.tail()));
            }
            if (query.since() != null) {
                input.seek(Math.max(input.getFilePointer(), sinceOffset(query.since())));
            }
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
                long start = input.getFilePointer();
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                byte[] buffer = new byte[8192];
                for (int n = input.read(buffer); n > 0 && line.size() < PIECE; n = input.read(buffer)) {
                    int end = indexOfNewline(buffer, n);
                    line.write(buffer, 0, end < 0 ? n : end + 1);
                    if (end >= 0) {
                        input.seek(start + line.size());
                        return stamped(start, line.toByteArray());
                    }
                }
                if (line.size() >= PIECE || complete) {
                    input.seek(start + line.size());
                    return line.size() == 0 ? new byte[0] : stamped(start, line.toByteArray());
                }
                input.seek(start);
                return new byte[0];
            }
        }

        private byte[] stamped(long offset, byte[] line) throws IOException {
            if (!query.timestamps()) {
                return line;
            }
            if (marks.isEmpty() || marks.get(marks.size() - 1).offset() <= offset) {
                observe();
                synchronized (ProcessLog.this) {
                    marks = marks();
                }
            }
            byte[] prefix = (timeOf(offset) + " ").getBytes(StandardCharsets.UTF_8);
            byte[] whole = Arrays.copyOf(prefix, prefix.length + line.length);
            System.arraycopy(line, 0, whole, prefix.length, line.length);
            return whole;
        }

        private Instant timeOf(long offset) {
            for (Mark mark : marks) {
                if (offset < mark.offset()) {
                    return mark.at();
                }
            }
            return clock.instant();
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
            for (long at = end; at > 0; ) {
                int size = (int) Math.min(buffer.length, at);
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
