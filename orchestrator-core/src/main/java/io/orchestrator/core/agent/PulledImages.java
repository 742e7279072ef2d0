package io.orchestrator.core.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that this node pulled itself, and so may remove: those of others who use the same engine are none of its business.
 * Kept in a file, for the next agent. Blocks on the disk; guarded by itself.
 */
final class PulledImages {
    private static final Logger LOG = LoggerFactory.getLogger(PulledImages.class);

    private final Path file;
    private final Set<String> ids;

    PulledImages(Path directory) {
        this.file = directory.toAbsolutePath().resolve("pulled-images");
        this.ids = read(file);
    }

    private static Set<String> read(Path file) {
        try {
            return Files.exists(file) ? new LinkedHashSet<>(Files.readAllLines(file)) : new LinkedHashSet<>();
        } catch (IOException e) {
            LOG.warn("which images the node pulled cannot be read: they stay", e);
            return new LinkedHashSet<>();
        }
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    synchronized void add(String id) {
        if (ids.add(id)) {
            write();
        }
    }

    synchronized void remove(String id) {
        if (ids.remove(id)) {
            write();
        }
    }

    private void write() {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.write(file.resolveSibling("pulled-images.new"), ids);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("which images the node pulled cannot be written: after a restart they stay", e);
        }
    }
}
