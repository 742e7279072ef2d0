package io.orchestrator.core.agent;

import io.orchestrator.core.agent.VolumeFiles.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes the files of a volume so that a reader sees all of the old ones or all of the new ones, laid out as programs that
 * watch such volumes expect it:
 *
 * <pre>
 * ..data      a link to the folder with the files as they are now, exchanged in one step
 * ..1234      that folder
 * name        a link to ..data/name, for the first part of each file's path
 * </pre>
 *
 * <p>What has not changed is not written. Stateless; one caller at a time for a directory.
 */
final class VolumeWriter {
    private static final String DATA = "..data";
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    private VolumeWriter() {}

    /** Returns whether anything changed. A file is not shown where a container has something mounted. */
    static boolean write(Path directory, Map<String, Content> files, VolumeGroup group) throws IOException {
        files.keySet().forEach(VolumeWriter::check);
        Files.createDirectories(directory);
        Path data = directory.resolve(DATA);
        if (Files.isDirectory(data) && holds(data, files, group)) {
            link(directory, files);
            return false;
        }
        Path fresh = Files.createTempDirectory(directory, "..");
        Files.setPosixFilePermissions(fresh, FOLDER);
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path target = fresh.resolve(file.getKey());
            folders(fresh, Path.of(file.getKey()));
            Files.write(target, file.getValue().bytes().toByteArray());
            Files.setPosixFilePermissions(
                    target, permissions(group.readable(file.getValue().mode())));
        }
        group.own(fresh, false);
        Path link = directory.resolve("..data_tmp");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, fresh.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        link(directory, files);
        removeOld(directory, fresh);
        return true;
    }

    private static void check(String name) {
        Path relative = Path.of(name);
        boolean well = !relative.isAbsolute()
                && relative.normalize().equals(relative)
                && !relative.getName(0).toString().startsWith("..");
        if (!well) {
            throw new ConfigFailure("file path \"" + name + "\" leads out of the volume");
        }
    }

    /** Those that lead to the file. */
    private static void folders(Path root, Path file) throws IOException {
        Path folder = root;
        for (int i = 0; i + 1 < file.getNameCount(); i++) {
            folder = folder.resolve(file.getName(i));
            if (!Files.exists(folder)) {
                Files.createDirectory(folder);
                Files.setPosixFilePermissions(folder, FOLDER);
            }
        }
    }

    private static boolean holds(Path data, Map<String, Content> files, VolumeGroup group) throws IOException {
        Path root = data.toRealPath();
        int seen = 0;
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                Content wanted = files.get(root.relativize(path).toString());
                if (wanted == null
                        || !Files.getPosixFilePermissions(path).equals(permissions(group.readable(wanted.mode())))
                        || !java.util.Arrays.equals(
                                Files.readAllBytes(path), wanted.bytes().toByteArray())) {
                    return false;
                }
                seen++;
            }
        }
        return seen == files.size();
    }

    /**
     * Makes the names that containers see, after what they lead to, and removes those that lead nowhere now. Whatever else is there
     * stays: it is a place at which something is mounted, which would go from its containers with it.
     */
    private static void link(Path directory, Map<String, Content> files) throws IOException {
        Set<String> names = new HashSet<>();
        for (String file : files.keySet()) {
            String name = Path.of(file).getName(0).toString();
            Path link = directory.resolve(name);
            if (names.add(name) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                boolean ours = Files.isSymbolicLink(entry) && !name.startsWith("..");
                if (ours && !names.contains(name)) {
                    remove(entry);
                }
            }
        }
    }

    /** @throws ConfigFailure where one is not, as something is mounted there */
    static void requireShown(Path directory, Map<String, Content> files) {
        for (String file : new TreeSet<>(files.keySet())) {
            String name = Path.of(file).getName(0).toString();
            if (!Files.isSymbolicLink(directory.resolve(name))) {
                throw new ConfigFailure("file path \"" + file + "\" is not shown: a mount of a container takes \""
                        + name + "\" in the volume");
            }
        }
    }

    private static void removeOld(Path directory, Path current) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                if (folder && entry.getFileName().toString().startsWith("..") && !entry.equals(current)) {
                    remove(entry);
                }
            }
        }
    }

    /** Symbolic links are removed, not followed. */
    static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        EnumSet<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                set.add(all[bit]);
            }
        }
        return set;
    }
}
