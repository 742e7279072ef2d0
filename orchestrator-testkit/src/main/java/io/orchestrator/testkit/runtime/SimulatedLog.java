package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The lines that a simulated container printed. Guarded by its own monitor, on which followers wait. */
final class SimulatedLog {
    private record Line(Instant at, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private final BooleanSupplier waiting;
    private boolean ended;

    /** @param waiting what a reader does instead of blocking; false when that brings nothing any more */
    SimulatedLog(BooleanSupplier waiting) {
        this.waiting = waiting;
    }

    synchronized void print(Instant at, String text) {
        lines.add(new Line(at, text));
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    LogStream open(LogQuery query) {
        return new Reader(query);
    }

    private synchronized int firstFor(LogQuery query) {
        int first = query.tail() == null ? 0 : Math.max(0, lines.size() - query.tail());
        while (query.since() != null
                && first < lines.size()
                && lines.get(first).at().isBefore(query.since())) {
            first++;
        }
        return first;
    }

    private final class Reader implements LogStream {
        private final LogQuery query;
        private int next;
        private long given;
        private boolean closed;

        Reader(LogQuery query) {
            this.query = query;
            this.next = firstFor(query);
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            while (true) {
                synchronized (SimulatedLog.this) {
                    if (closed || (query.limitBytes() > 0 && given >= query.limitBytes())) {
                        return null;
                    }
                    if (next < lines.size()) {
                        return cut(format(lines.get(next++)));
                    }
                    if (!query.follow() || ended) {
                        return null;
                    }
                }
                await();
            }
        }

        private void await() throws IOException {
            if (waiting.getAsBoolean()) {
                return;
            }
            synchronized (SimulatedLog.this) {
                try {
                    while (!closed && !ended && next >= lines.size()) {
                        SimulatedLog.this.wait();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while following a log");
                }
            }
        }

        private byte[] format(Line line) {
            String prefix = query.timestamps() ? line.at() + " " : "";
            return (prefix + line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        }

        private byte[] cut(byte[] line) {
            long left = query.limitBytes() == 0 ? line.length : query.limitBytes() - given;
            byte[] piece = line.length <= left ? line : Arrays.copyOf(line, (int) left);
            given += piece.length;
            return piece;
        }

        @Override
        public void close() {
            synchronized (SimulatedLog.this) {
                closed = true;
                SimulatedLog.this.notifyAll();
            }
        }
    }
}
