package io.orchestrator.core.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A place of this machine at which something is mounted, as this process sees it.
 *
 * @param type of the file system, such as {@code tmpfs}
 */
public record MountPoint(Path place, String type) {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    /** Which word of a line names the place. */
    private static final int PLACE = 4;

    /** Whether this machine tells what is mounted. */
    public static boolean areTold() {
        return Files.isReadable(TABLE);
    }

    /** All at or below a directory, the innermost first. Empty where this machine does not tell. */
    public static List<MountPoint> below(Path directory) throws IOException {
        if (!areTold()) {
            return List.of();
        }
        Path top = directory.toRealPath();
        // Others may have named theirs in any bytes, which need not be text here.
        String lines = new String(Files.readAllBytes(TABLE), StandardCharsets.UTF_8);
        return lines.lines()
                .filter(line -> plain(line).contains(" " + top))
                .map(line -> of(line.split(" ")))
                .filter(mount -> mount.place().startsWith(top))
                .sorted(Comparator.comparing(MountPoint::place).reversed())
                .toList();
    }

    /**
     * To be called before all that is in a directory is removed: what somebody has mounted there may be anything, as much as the
     * machine's own root.
     *
     * @throws IOException where something is mounted at it or below
     */
    public static void requireNone(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<MountPoint> mounts = below(directory);
        if (!mounts.isEmpty()) {
            throw new IOException(directory + " is not removed with what is mounted at "
                    + mounts.stream().map(MountPoint::place).toList());
        }
    }

    /** The type stands behind a dash that ends a list of any length. */
    private static MountPoint of(String[] words) {
        int dash = Arrays.asList(words).indexOf("-");
        boolean typed = dash > PLACE && dash + 1 < words.length;
        return new MountPoint(Path.of(plain(words[PLACE])), typed ? words[dash + 1] : "");
    }

    /** The kernel writes what would be taken for the end of a word by its number. */
    private static String plain(String place) {
        return place.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
