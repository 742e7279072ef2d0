package io.orchestrator.core.embed;

import io.orchestrator.core.agent.LinuxMemoryDisk;
import io.orchestrator.core.agent.LinuxSubPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process a temporary directory belongs to: a file in it says so. What a process that was killed left mounted below
 * its directory is found by that, and given back to the machine. Whatever is in doubt stays mounted: a living cluster must not lose
 * its volumes, nor anybody else theirs.
 */
final class DirectoryOwner {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryOwner.class);
    private static final String FILE = "owner";

    private DirectoryOwner() {}

    /** Marks the directory as this process' own. */
    static void mark(Path directory) throws IOException {
        Files.writeString(directory.resolve(FILE), ProcessLife.ofThisProcess().text());
    }

    /**
     * Unmounts what memory, and what parts of volumes, lie below directories of processes that are gone. What cannot be unmounted
     * stays, for whoever may.
     *
     * @param parent whose directories of this prefix are ours
     */
    static void releaseMountsOfTheDead(Path parent, String prefix) {
        Map<Path, List<Path>> mounts;
        try {
            mounts = mountsByDirectory(parent.toRealPath(), prefix);
        } catch (IOException e) {
            LOG.warn("what a process that is gone left mounted below {} stays", parent, e);
            return;
        }
        mounts.forEach((directory, places) -> {
            try {
                if (isOwn(directory) && isOfTheDead(directory)) {
                    LinuxMemoryDisk.unmount(places);
                    LOG.info("gave back what {} had mounted, whose process is gone", directory);
                }
            } catch (IOException e) {
                LOG.warn("what a process that is gone left mounted below {} stays", directory, e);
            }
        });
    }

    /**
     * Parts of volumes that are held, then memory, the innermost first; what is mounted at a directory itself was not mounted by a
     * cluster that works in it.
     */
    private static Map<Path, List<Path>> mountsByDirectory(Path parent, String prefix) throws IOException {
        Map<Path, List<Path>> found = new LinkedHashMap<>();
        List<Path> all = new ArrayList<>(LinuxSubPaths.places(parent));
        LinuxMemoryDisk.mounts(parent).stream()
                .filter(mounted -> !LinuxSubPaths.isWithin(mounted))
                .forEach(all::add);
        for (Path mounted : all) {
            Path below = parent.relativize(mounted);
            if (below.getNameCount() > 1 && below.getName(0).toString().startsWith(prefix)) {
                found.computeIfAbsent(parent.resolve(below.getName(0)), top -> new ArrayList<>())
                        .add(mounted);
            }
        }
        return found;
    }

    /** Others may make directories and files of these names where everybody may write: theirs say nothing. */
    private static boolean isOwn(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && ProcessLife.isOfThisUser(directory)
                && ProcessLife.isOfThisUser(file);
    }

    /** A directory that does not say whose it is might be anybody's. */
    private static boolean isOfTheDead(Path directory) throws IOException {
        return ProcessLife.parse(Files.readString(directory.resolve(FILE)))
                .filter(ProcessLife::isOver)
                .isPresent();
    }
}
