package io.orchestrator.runtime.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files of ours that containers see. Nobody else of this machine gets at them, for what a container's root makes of them, such as a program with the rights of root,
 * is that on the machine, too; and every user of a container can read them, whatever this program's mask says.
 */
final class OwnFiles {
    private static final String OURS_ALONE = "rwx------";
    private static final String FOR_ALL_TO_READ = "rw-r--r--";

    private OwnFiles() {}

    /** Sees that a folder is there, with those above it. Those that were there stay as they are. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS_ALONE)));
    }

    /** Shuts a folder that may be there already to others. */
    static void shut(Path folder) throws IOException {
        folder(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OURS_ALONE));
    }

    /** Writes a file in place: containers have the file itself, not its name. */
    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FOR_ALL_TO_READ));
    }
}
