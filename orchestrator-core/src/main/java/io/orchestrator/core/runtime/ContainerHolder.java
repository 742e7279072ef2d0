package io.orchestrator.core.runtime;

import io.orchestrator.core.env.OwnProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small program of our own that leads a container's session: it goes into what the container is to be in, begins the command, and
 * notes how that ended, all of which costs several programs of the machine otherwise. It obeys no variable, so that it may see the
 * container's while it has the rights of this JVM. Its source lies beside this module's, in {@code src/main/holder}. Immutable.
 *
 * @param program where it was written to
 * @param calls what it can filter of a container's system calls; empty where it cannot
 */
record ContainerHolder(Path program, Optional<SystemCalls> calls) {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerHolder.class);
    /** The word before a container's folder among those of what leads its session. */
    static final String NAME = "orchestrator-container";

    private static final byte[] BINARY = {0x7f, 'E', 'L', 'F'};
    private static final byte[] SCRIPT = {'#', '!'};

    /** Writes it into a directory; empty, with a word to the log, where this machine cannot run it from there. */
    static Optional<ContainerHolder> install(Path directory) {
        try {
            Optional<Path> program = OwnProgram.write(ContainerHolder.class, "holder", directory);
            if (program.isEmpty()) {
                LOG.info("containers are begun by the machine's own programs: there is no other for this system");
                return Optional.empty();
            }
            ContainerHolder holder = new ContainerHolder(program.get(), SystemCalls.ofThisMachine());
            if (holder.filters()) {
                return Optional.of(holder);
            }
            if (OwnProgram.succeeds(List.of(program.get().toString()))) {
                return Optional.of(new ContainerHolder(program.get(), Optional.empty()));
            }
            holder.remove();
        } catch (IOException e) {
            LOG.debug("the holder of containers cannot be had", e);
        }
        LOG.info("containers are begun by the machine's own programs: none may be run from {}", directory);
        return Optional.empty();
    }

    private boolean filters() {
        if (calls.isEmpty()) {
            return false;
        }
        List<String> words =
                new ArrayList<>(within(List.of("-p", "-s", calls.get().filter(List.of()))));
        words.addAll(List.of("/bin/true", "true"));
        return OwnProgram.succeeds(words);
    }

    /** Where it lies. */
    Path folder() {
        Path folder = program.getParent();
        if (folder == null) {
            throw new IllegalStateException(program + " lies nowhere");
        }
        return folder;
    }

    /** Containers that it holds go on. */
    void remove() throws IOException {
        Files.deleteIfExists(program);
    }

    /** The words by which it becomes a program in the session that it is in, before the file of that and its words. */
    List<String> within(List<String> options) {
        List<String> words = new ArrayList<>(List.of(program.toString(), NAME, "-", "-X"));
        words.addAll(options);
        words.add("--");
        return words;
    }

    /** The words by which it becomes a program in a session of its own, before the program's own words. */
    List<String> becoming(List<String> namespaces, String file) {
        List<String> words = new ArrayList<>(List.of(program.toString(), NAME, "-", "-x"));
        words.addAll(namespaces);
        words.addAll(List.of("--", file));
        return words;
    }

    /**
     * The words by which it holds a container.
     *
     * @param directory the container's own
     * @param surroundings options that say what it goes into
     * @param file what is run
     * @param command the words of that, from its name on
     */
    List<String> holding(Path directory, List<String> surroundings, Path file, List<String> command) {
        List<String> words = new ArrayList<>(List.of(program.toString(), NAME, directory.toString()));
        words.addAll(surroundings);
        words.addAll(List.of("--", file.toString()));
        words.addAll(command);
        return words;
    }

    /** Whether the kernel runs a file, where a shell would take one without a first line for its own kind. */
    static boolean canRun(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(BINARY.length);
            return begins(first, BINARY) || begins(first, SCRIPT);
        } catch (IOException e) {
            return false; // it may be run though not read, which a shell finds out
        }
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && java.util.Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }
}
