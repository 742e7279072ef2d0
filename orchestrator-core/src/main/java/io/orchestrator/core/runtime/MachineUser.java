package io.orchestrator.core.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user as this machine knows it. Immutable. @param home where its own files lie */
record MachineUser(long group, String home) {
    private static final Path SELF = Path.of("/proc/self");
    private static final Path USERS = Path.of("/etc/passwd");
    private static final int NUMBER = 2;
    private static final int GROUP = 3;
    private static final int HOME = 5;

    /** What an engine takes for a user that an image does not know. */
    private static final MachineUser UNKNOWN = new MachineUser(0, "/");

    /** The user that this JVM is. */
    static long own() {
        return ((Number) attribute("unix:uid")).longValue();
    }

    static long ownGroup() {
        return ((Number) attribute("unix:gid")).longValue();
    }

    private static Object attribute(String name) {
        try {
            return Files.getAttribute(SELF, name);
        } catch (IOException e) {
            throw new UncheckedIOException("nobody tells as whom this JVM runs", e);
        }
    }

    static MachineUser of(long user) {
        try {
            return Files.readAllLines(USERS, StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > HOME && fields[NUMBER].equals(String.valueOf(user)))
                    .filter(fields -> fields[GROUP].matches("\\d{1,10}"))
                    .findFirst()
                    .map(fields -> new MachineUser(Long.parseLong(fields[GROUP]), fields[HOME]))
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
