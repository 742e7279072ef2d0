package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.HostPathVolumeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Paths of the host that pods ask for: what they must be, and what is made where there is nothing. */
final class HostPaths {
    private static final String MODE = "unix:mode";
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int CHARACTER_DEVICE = 0020000;

    private HostPaths() {}

    /** @throws ConfigFailure where something else is there than the pod says */
    static void make(HostPathVolumeSource source) throws IOException {
        String wanted = source.path();
        if (!wanted.startsWith("/") || Path.of(wanted).normalize().compareTo(Path.of(wanted)) != 0) {
            throw new ConfigFailure("hostPath \"" + wanted + "\" is not an absolute path without \"..\"");
        }
        Path path = Path.of(wanted);
        switch (Objects.requireNonNullElse(source.type(), "")) {
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
                require(Files.isDirectory(path), path, "a directory");
            }
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                }
                require(Files.isRegularFile(path), path, "a file");
            }
            case "Directory" -> require(Files.isDirectory(path), path, "a directory");
            case "File" -> require(Files.isRegularFile(path), path, "a file");
            case "Socket" -> require(isOfKind(path, SOCKET), path, "a socket file");
            case "CharDevice" -> require(isOfKind(path, CHARACTER_DEVICE), path, "a character device");
            case "BlockDevice" -> require(isOfKind(path, BLOCK_DEVICE), path, "a block device");
            default -> {}
        }
    }

    private static boolean isOfKind(Path path, int kind) throws IOException {
        return Files.exists(path) && ((Integer) Files.getAttribute(path, MODE) & KIND) == kind;
    }

    private static void require(boolean holds, Path path, String kind) {
        if (!holds) {
            throw new ConfigFailure("hostPath type check failed: " + path + " is not " + kind);
        }
    }
}
