package io.orchestrator.core.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.core.env.MountPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads and writes the runtime's state on disk. Writes are atomic: a reader sees the old file or the new one. Stateless. */
final class StateFiles {
    private static final int REMOVAL_ATTEMPTS = 5;
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");

    private final ObjectMapper json = new ObjectMapper();

    /** Writes a file that nobody else reads: what is written down has values of secrets in it. */
    static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            writeNew(fresh, content);
        } catch (FileAlreadyExistsException e) {
            Files.delete(fresh); // of a JVM that was killed
            writeNew(fresh, content);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeNew(Path file, byte[] content) throws IOException {
        try (SeekableByteChannel out = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWN))) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
        }
    }

    /** Makes a file that nobody else reads. */
    static Path makeOwn(Path file) throws IOException {
        return Files.createFile(file, PosixFilePermissions.asFileAttribute(OWN));
    }

    /** Makes a directory that others pass, by a name that they know, and do not list. */
    static Path makePassable(Path directory) throws IOException {
        return Files.setPosixFilePermissions(Files.createDirectories(directory), PASSABLE);
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

    /**
     * Removes a directory with all in it; symbolic links are removed, not followed, also where the user of a container puts one in
     * the place of a folder meanwhile. Nothing is removed where something is mounted: no mount of a container gets out to the
     * machine, and if one did, what it shows would go.
     */
    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        MountPoint.requireNone(directory);
        for (int attempt = 1; Files.exists(directory); attempt++) {
            try (DirectoryStream<Path> around = Files.newDirectoryStream(directory.getParent())) {
                if (around instanceof SecureDirectoryStream<Path> held) {
                    removeIn(held, directory.getFileName());
                } else {
                    walk(directory);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
                // a process that is just being killed may still write or remove files here
                if (attempt == REMOVAL_ATTEMPTS) {
                    throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
                }
            }
        }
    }

    private static void removeIn(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        boolean isFolder = folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
        if (!isFolder) {
            folder.deleteFile(name);
            return;
        }
        try (SecureDirectoryStream<Path> below = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path each : below) {
                removeIn(below, each.getFileName());
            }
        }
        folder.deleteDirectory(name);
    }

    /** On a system that holds no directories. */
    private static void walk(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
