package io.orchestrator.core.embed;

import io.orchestrator.core.env.MountPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where volumes, logs and the state of processes lie. One that the host named is the host's; one that was made here is
 * removed on close.
 */
final class WorkDirectory implements AutoCloseable {
    /** The folder of the cluster's state, where there is no store elsewhere. */
    static final String STATE = "state";

    private static final String PREFIX = "orchestrator-";

    private final Path path;
    private final boolean temporary;

    private WorkDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static WorkDirectory open(@Nullable Path given) {
        try {
            if (given != null) {
                return new WorkDirectory(Files.createDirectories(given).toRealPath(), false);
            }
            Path made = Files.createTempDirectory(PREFIX).toRealPath();
            DirectoryOwner.mark(made);
            DirectoryOwner.releaseMountsOfTheDead(Objects.requireNonNull(made.getParent()), PREFIX);
            return new WorkDirectory(made, true);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory to work in", e);
        }
    }

    Path path() {
        return path;
    }

    /** Whether it goes with the cluster. */
    boolean isTemporary() {
        return temporary;
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try {
            MountPoint.requireNone(path);
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                    if (e != null) {
                        throw e;
                    }
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + path + " could not be removed", e);
        }
    }
}
