package io.orchestrator.core.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a container's output came, in a file beside it. There are never more than so many marks: those of the older half are thinned
 * out then. Guarded by the monitor of its {@link ProcessLog}.
 */
final class LogTimes {
    private static final int MOST = 20_000;
    /** What is read of the file's end first. */
    private static final int PIECE = 4096;

    /** What lies before this offset, and after that of the mark before, came at this time. */
    record Mark(long offset, Instant at) {
        @Override
        public String toString() {
            return offset + " " + at + "\n";
        }
    }

    private final Path file;
    private final int most;
    private int count = -1;

    LogTimes(Path file) {
        this(file, MOST);
    }

    /** @param most how many marks there may be */
    LogTimes(Path file, int most) {
        this.file = file;
        this.most = most;
    }

    List<Mark> all() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return parse(Files.readAllLines(file).stream());
    }

    /** A line that was cut short by a full disk is none. */
    private static List<Mark> parse(Stream<String> lines) {
        List<Mark> marks = new ArrayList<>();
        lines.forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0 && line.endsWith("Z")) {
                marks.add(new Mark(Long.parseLong(line.substring(0, space)), Instant.parse(line.substring(space + 1))));
            }
        });
        return marks;
    }

    /**
     * Those that tell of what lies at an offset and after it: the last one before it, or the first of all, and all that follow. Whoever
     * follows a log asks for its end, so that is where this begins to read.
     */
    List<Mark> since(long offset) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            long end = input.length();
            for (long size = PIECE; size < end; size *= 4) {
                byte[] bytes = new byte[(int) size];
                input.seek(end - size);
                input.readFully(bytes);
                String text = new String(bytes, StandardCharsets.US_ASCII);
                List<Mark> marks = parse(text.substring(text.indexOf('\n') + 1).lines());
                if (!marks.isEmpty() && marks.get(0).offset() <= offset) {
                    return marks;
                }
            }
        }
        return all();
    }

    /** When what lies at an offset came; empty where none of the marks tells yet. */
    static Optional<Instant> at(List<Mark> marks, long offset) {
        int from = 0;
        for (int to = marks.size(); from < to; ) {
            int middle = (from + to) >>> 1;
            if (marks.get(middle).offset() <= offset) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == marks.size()
                ? Optional.empty()
                : Optional.of(marks.get(from).at());
    }

    /** Up to where there are marks. */
    long last() throws IOException {
        List<Mark> marks = all();
        count = marks.size();
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1).offset();
    }

    void add(Mark mark) throws IOException {
        Files.writeString(file, mark.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        count = count < 0 ? all().size() : count + 1;
        if (count > most) {
            replace(thinned(all()));
        }
    }

    /** Forgets what lies before an offset. */
    void dropBefore(long offset) throws IOException {
        replace(all().stream().filter(mark -> mark.offset() > offset).toList());
    }

    void clear() throws IOException {
        replace(List.of());
    }

    /** What came in two steps is taken for having come with the later one. */
    private static List<Mark> thinned(List<Mark> marks) {
        List<Mark> left = new ArrayList<>();
        int half = marks.size() / 2;
        for (int i = 1; i < half; i += 2) {
            left.add(marks.get(i));
        }
        left.addAll(marks.subList(half, marks.size()));
        return left;
    }

    private void replace(List<Mark> marks) throws IOException {
        StringBuilder text = new StringBuilder();
        marks.forEach(text::append);
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        count = marks.size();
    }
}
