package io.orchestrator.core.env;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A small program of our own among this library's resources, one for each architecture that it was built for: it does what the JDK
 * has no way to do. Stateless.
 */
public final class OwnProgram {
    private static final String OWN = "rwx------";
    private static final long PROBE_SECONDS = 10;
    /**
     * A file that another process holds open for writing cannot be run, as one does that was begun while it was written: until it has
     * closed what it inherited, which it does as soon as it has a processor. It is tried so often, with a pause after each time, for
     * what cannot be run now is not run at all.
     */
    private static final int TEXT_FILE_BUSY = 26;

    private static final int PROBES = 500;
    private static final long PAUSE_MILLIS = 20;

    private OwnProgram() {}

    /**
     * Writes it into a directory, for nobody else to read, in the place of one that is there.
     *
     * @param beside the class beside which it lies
     * @return empty where there is none for this machine
     */
    public static Optional<Path> write(Class<?> beside, String name, Path directory) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return Optional.empty();
        }
        try (InputStream in = beside.getResourceAsStream(name + "-" + architecture())) {
            if (in == null) {
                return Optional.empty();
            }
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(
                    directory, name, "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWN)));
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(OWN));
            Path program = directory.resolve(name).toAbsolutePath();
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(program);
        }
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> "none";
        };
    }

    /** Whether this machine runs these words to a good end. */
    public static boolean succeeds(List<String> words) {
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
}
