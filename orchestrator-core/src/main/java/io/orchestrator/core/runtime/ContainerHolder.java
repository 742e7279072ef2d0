package io.orchestrator.core.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    private static final String OWN = "rwx------";
    private static final long PROBE_SECONDS = 10;
    /**
     * A file that another process holds open for writing cannot be run, as one does that was begun while it was written: until it has
     * closed what it inherited, which it does as soon as it has a processor. It is tried so often, with a pause after each time, for
     * what cannot be run now is not run by this runtime at all.
     */
    private static final int TEXT_FILE_BUSY = 26;

    private static final int PROBES = 500;
    private static final long PAUSE_MILLIS = 20;

    private static final byte[] BINARY = {0x7f, 'E', 'L', 'F'};
    private static final byte[] SCRIPT = {'#', '!'};

    /** Writes it into a directory; empty, with a word to the log, where this machine cannot run it from there. */
    static Optional<ContainerHolder> install(Path directory) {
        String architecture = architecture();
        try (InputStream in = ContainerHolder.class.getResourceAsStream("holder-" + architecture)) {
            if (in == null || !System.getProperty("os.name", "").startsWith("Linux")) {
                LOG.info("containers are begun by the machine's own programs: there is no other for this system");
                return Optional.empty();
            }
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(
                    directory,
                    "holder",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWN)));
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(OWN));
            Path program = directory.resolve("holder").toAbsolutePath();
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            ContainerHolder holder = new ContainerHolder(program, SystemCalls.ofThisMachine());
            if (holder.filters()) {
                return Optional.of(holder);
            }
            if (succeeds(List.of(program.toString()))) {
                return Optional.of(new ContainerHolder(program, Optional.empty()));
            }
            holder.remove();
        } catch (IOException e) {
            LOG.debug("the holder of containers cannot be had", e);
        }
        LOG.info("containers are begun by the machine's own programs: none may be run from {}", directory);
        return Optional.empty();
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> "none";
        };
    }

    private boolean filters() {
        if (calls.isEmpty()) {
            return false;
        }
        List<String> words =
                new ArrayList<>(within(List.of("-p", "-s", calls.get().filter(List.of()))));
        words.addAll(List.of("/bin/true", "true"));
        return succeeds(words);
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

    /** Whether this machine runs these words to a good end. */
    static boolean succeeds(List<String> words) {
        for (int probe = 1; probe <= PROBES; probe++) {
            try {
                Process process = new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                    return process.exitValue() == 0;
                }
                process.destroyForcibly();
                return false;
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("error=" + TEXT_FILE_BUSY)
                        || !Pause.millis(PAUSE_MILLIS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
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
