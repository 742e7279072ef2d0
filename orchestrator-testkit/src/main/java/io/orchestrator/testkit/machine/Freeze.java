package io.orchestrator.testkit.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Has another process stand still: it is there, but deaf, and its connections stay open. Stateless. */
public final class Freeze {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Freeze() {}

    /** Returns when it does nothing any more, and answers nothing from then on. */
    public static void begin(Process process) throws IOException, InterruptedException {
        signal(process, "STOP");
        // the signal is sent then, and each thread stops when it meets it: until then it may answer
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (Files.isDirectory(threads)) {
            Awaitility.await("all threads of process " + process.pid() + " to stop")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> runningThreads(threads) == 0);
        }
    }

    private static long runningThreads(Path threads) throws IOException {
        try (Stream<Path> each = Files.list(threads)) {
            return each.filter(Freeze::isRunning).count();
        }
    }

    private static boolean isRunning(Path thread) {
        try {
            String told = Files.readString(thread.resolve("stat"));
            return told.charAt(told.lastIndexOf(')') + 2) != 'T';
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Lets it go on. */
    public static void end(Process process) throws IOException, InterruptedException {
        signal(process, "CONT");
    }

    /** One that has ended gets none: its number may be another process' by now. */
    private static void signal(Process process, String name) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException("process " + process.pid() + " has ended before -" + name);
        }
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (!kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " of process " + process.pid() + " failed");
        }
    }
}
