package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what lies in a pod's volumes to the pod's {@code fsGroup}, so that whoever its containers run as can use it. Only root may
 * give files to any group: where the agent may not, volumes stay as they are made, open to all where they can be written.
 */
final class VolumeGroup {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeGroup.class);
    private static final String GROUP = "unix:gid";
    private static final String MODE = "unix:mode";
    private static final int PERMISSIONS = 07777;
    private static final int SET_GROUP = 02000;
    private static final int MAY_ENTER = 0110;
    private static final int MAY_READ = 0440;
    private static final int MAY_WRITE = 0660;

    private final @Nullable Long id;
    private final boolean onlyOnMismatch;

    private VolumeGroup(@Nullable Long id, boolean onlyOnMismatch) {
        this.id = id;
        this.onlyOnMismatch = onlyOnMismatch;
    }

    static VolumeGroup of(Pod pod) {
        var security = pod.spec().securityContext();
        return security == null
                ? new VolumeGroup(null, false)
                : new VolumeGroup(security.fsGroup(), "OnRootMismatch".equals(security.fsGroupChangePolicy()));
    }

    /** The mode of a file that the group is to read. */
    int readable(int mode) {
        return id == null ? mode : mode | MAY_READ;
    }

    /** Gives everything below a folder to the group, and what is made in there later. @param writable whether it may write there */
    void own(Path root, boolean writable) throws IOException {
        if (id == null || onlyOnMismatch && fits(root, writable)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.toList();
        }
        try {
            for (Path each : all) {
                Files.setAttribute(each, GROUP, id.intValue(), LinkOption.NOFOLLOW_LINKS);
                if (!Files.isSymbolicLink(each)) {
                    Files.setAttribute(each, MODE, mode(each) | wanted(each, writable));
                }
            }
        } catch (FileSystemException e) {
            LOG.warn("the files of a volume cannot be given to group {}: {}", id, e.toString());
        }
    }

    private boolean fits(Path root, boolean writable) throws IOException {
        int wanted = wanted(root, writable);
        return Files.getAttribute(root, GROUP).equals(id == null ? -1 : id.intValue())
                && (mode(root) & wanted) == wanted;
    }

    private static int wanted(Path path, boolean writable) {
        int files = writable ? MAY_WRITE : MAY_READ;
        return Files.isDirectory(path) ? files | SET_GROUP | MAY_ENTER : files;
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, MODE) & PERMISSIONS;
    }
}
