package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds programs of this machine as a shell would. @param path directories, separated by colons */
record Programs(String path) {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final List<String> SETSID = List.of("/usr/bin/setsid", "/bin/setsid");

    /** The file that a shell would run; fails where it would say "not found", before anything is started. */
    Path find(String program, Path workingDirectory) {
        if (program.contains("/")) {
            Path file = workingDirectory.resolve(program);
            if (!Files.exists(file)) {
                throw cannotStart(program, "no such file or directory");
            }
            if (Files.isDirectory(file) || !Files.isExecutable(file)) {
                throw cannotStart(program, "permission denied");
            }
            return file;
        }
        for (String directory : path.split(":", -1)) {
            Path file = Path.of(directory.isEmpty() ? "." : directory).resolve(program);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        throw cannotStart(program, "executable file not found in $PATH");
    }

    private static RuntimeFailure cannotStart(String program, String why) {
        return new RuntimeFailure(RuntimeFailure.Kind.CANNOT_START, "exec: \"" + program + "\": " + why);
    }

    /** Words before a command that give it a session of its own; empty where this machine has no such program. */
    static List<String> ownSession() {
        return SETSID.stream()
                .filter(file -> Files.isExecutable(Path.of(file)))
                .limit(1)
                .toList();
    }

    /** Whether this machine can give a command a terminal. */
    static boolean hasTerminals() {
        return Files.isExecutable(SCRIPT);
    }

    /** Fails where this machine cannot. */
    static void requireTerminals() {
        if (!hasTerminals()) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.UNSUPPORTED,
                    "this machine has no program \"script\" to give a command a terminal; ask without -t");
        }
    }

    /** The words that run the command with a terminal between it and its streams. */
    static List<String> inTerminal(List<String> command) {
        StringBuilder line = new StringBuilder("exec");
        command.forEach(
                word -> line.append(" '").append(word.replace("'", "'\\''")).append('\''));
        return List.of(SCRIPT.toString(), "-qfec", line.toString(), "/dev/null");
    }
}
