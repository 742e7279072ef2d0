package io.orchestrator.benchmarks.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that does the same, with a configuration file of its own; ended by the close. */
final class Peer implements AutoCloseable {
    private static final long END_SECONDS = 5;

    private final Process process;
    private final Path file;

    private Peer(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    static boolean isThere(String program) {
        return Files.isExecutable(Path.of(program));
    }

    /** @param words of the command, of which the last is the file's name that is put behind it */
    static Peer start(String configuration, String... words) throws IOException, InterruptedException {
        Path file = Files.createTempFile("benchmark", ".conf");
        Files.writeString(file, configuration);
        List<String> command = new java.util.ArrayList<>(List.of(words));
        int last = command.size() - 1;
        command.set(last, command.get(last) + file);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(500, TimeUnit.MILLISECONDS)) {
            throw new IOException(words[0] + " ended with " + process.exitValue());
        }
        return new Peer(process, file);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Files.deleteIfExists(file);
    }
}
