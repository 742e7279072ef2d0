package io.orchestrator.core.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Reads and writes the runtime's state on disk. Writes are atomic: a reader sees the old file or the new one. Stateless. */
final class StateFiles {
    private static final int REMOVAL_ATTEMPTS = 5;

    private final ObjectMapper json = new ObjectMapper();

    void write(Path file, Object record) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(fresh, json.writeValueAsBytes(record));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    <T> T read(Path file, Class<T> type) throws IOException {
        return json.readValue(Files.readAllBytes(file), type);
    }

    /** The directory's directories, in order of their names. */
    static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** A name for a directory: the id itself where it is a plain word, else its bytes in hexadecimal. */
    static String nameOf(String id) {
        boolean plain = id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,200}");
        return plain ? id : "_" + HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes a directory with all in it; symbolic links are removed, not followed. */
    static void remove(Path directory) throws IOException {
        for (int attempt = 1; Files.exists(directory); attempt++) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
                // a process that is just being killed may still write or remove files here
                if (attempt == REMOVAL_ATTEMPTS) {
                    throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
                }
            }
        }
    }
}
