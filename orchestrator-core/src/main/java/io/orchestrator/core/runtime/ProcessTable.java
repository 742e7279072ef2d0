package io.orchestrator.core.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All processes of the machine at one moment, so that the use of many containers is told from one pass over {@code /proc}.
 * Immutable.
 */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    /** The kernel's unit towards programs, on every architecture that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int FIRST_TIME = 11;
    private static final int LAST_TIME = 14;

    private record Row(long pid, long parent, long session, long ticks) {}

    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<Long, List<Row>> children = new HashMap<>();
    private final Map<Long, List<Row>> sessions = new HashMap<>();

    private ProcessTable(List<Row> all) {
        for (Row row : all) {
            rows.put(row.pid(), row);
            children.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row);
            sessions.computeIfAbsent(row.session(), session -> new ArrayList<>())
                    .add(row);
        }
    }

    /** Empty on a system that has no such table. */
    static Optional<ProcessTable> read() {
        if (!Files.isReadable(PROC.resolve("self/stat"))) {
            return Optional.empty();
        }
        List<Row> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                row(process).ifPresent(all::add);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new ProcessTable(all));
    }

    /** What a process had to do for itself, and for the children that it has seen end. */
    private static Optional<Row> row(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // the second field is the program's name in brackets, which may hold anything
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return Optional.of(new Row(
                    Long.parseLong(process.getFileName().toString()),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    ticks));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty(); // it has ended meanwhile
        }
    }

    /**
     * What the session of this leader uses, and what its processes started elsewhere. A process that left both the session and its
     * parents is not found.
     */
    ProcessGroup.Usage usage(long leader) {
        Set<Long> seen = new HashSet<>();
        Deque<Row> left = new ArrayDeque<>(sessions.getOrDefault(leader, List.of()));
        Row first = rows.get(leader);
        if (first != null) {
            left.add(first);
        }
        long ticks = 0;
        long memory = 0;
        for (Row row = left.poll(); row != null; row = left.poll()) {
            if (seen.add(row.pid())) {
                ticks += row.ticks();
                memory += ProcessGroup.residentBytes(row.pid());
                left.addAll(children.getOrDefault(row.pid(), List.of()));
            }
        }
        return new ProcessGroup.Usage(ticks * NANOS_PER_TICK, memory);
    }
}
