package io.orchestrator.core.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that a container's processes write their output into, each at its end. They hold it open, so that it cannot be exchanged
 * for another: what is too old is cut out at its beginning instead, where the file system gives the room back and the rest keeps its
 * place. So nothing that is written meanwhile is lost, and whoever reads it reads on. Mutations are the {@link ProcessLog}'s.
 */
final class LogFile {
    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final Path FALLOCATE = Path.of("/usr/bin/fallocate");
    private static final long SECONDS = 30;
    /** Of the last line before the cut, this much is looked through for its end. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final Path file;
    private final Path beginning;
    private final LogLimit limit;
    private volatile long start;

    LogFile(Path directory, LogLimit limit) {
        this.file = directory.resolve("log");
        this.beginning = directory.resolve("log.start");
        this.limit = limit;
        this.start = read();
    }

    private long read() {
        try {
            return Files.exists(beginning)
                    ? Long.parseLong(Files.readString(beginning).trim())
                    : 0;
        } catch (IOException | NumberFormatException e) {
            LOG.warn("what was cut out of {} is not known, it is read from its first byte", file, e);
            return 0;
        }
    }

    Path path() {
        return file;
    }

    long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Where what is left of it begins. What is read before that place is nothing. */
    long start() {
        return start;
    }

    /** Cuts out what is too much, by whole lines. True where something went. */
    boolean shorten(long length) throws IOException {
        if (length - start <= limit.total()) {
            return false;
        }
        long next = afterLineAt(length - limit.kept());
        start = next; // readers have to know before it goes: what they read there afterwards is nothing
        cutOut(next);
        note(next); // afterwards, as the disk may have been full
        return true;
    }

    /** The container itself has emptied it, as whoever opens it by the name of a standard stream does. */
    void restart() throws IOException {
        start = 0;
        note(0);
    }

    private void note(long offset) throws IOException {
        Path fresh = beginning.resolveSibling("log.start.tmp");
        Files.writeString(fresh, offset + "\n");
        Files.move(fresh, beginning, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private long afterLineAt(long offset) throws IOException {
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[LONGEST_LINE];
            input.seek(offset);
            int read = input.read(bytes);
            for (int i = 0; i < read; i++) {
                if (bytes[i] == '\n') {
                    return offset + i + 1;
                }
            }
            return offset;
        }
    }

    private void cutOut(long end) throws IOException {
        if (!Files.isExecutable(FALLOCATE)) {
            LOG.warn("{} takes ever more room: this machine has no program {} to shorten it", file, FALLOCATE);
            return;
        }
        Process cutting = new ProcessBuilder(
                        FALLOCATE.toString(),
                        "--punch-hole",
                        "--offset",
                        "0",
                        "--length",
                        String.valueOf(end),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!cutting.waitFor(SECONDS, TimeUnit.SECONDS) || cutting.exitValue() != 0) {
                cutting.destroyForcibly();
                LOG.warn("{} takes ever more room: its file system cannot shorten it at its beginning", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a log was shortened", e);
        }
    }
}
