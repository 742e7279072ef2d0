package io.orchestrator.core.runtime;

import io.orchestrator.core.env.Pause;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The marks that processes carry, read from the kernel's table of them. While a process becomes another program, as every one does
 * that a shell has just begun, the kernel shows no environment of it, so that it is asked again until that is over: who is passed
 * by then would be taken for a stranger, and outlive its container. Nor does the kernel show one of a process that ends, whose memory
 * goes before its files and ports do: it is waited for until it has let go of all, as whoever asks takes them for free then.
 * Thread-safe; blocks on the system.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class ProcessMarks {
    /**
     * So often one look waits, over all processes: a second, which is far longer than a processor that others use keeps one from
     * becoming what it is to be, or from ending; a disk that hangs may do so. It is no time that may be over: where the whole machine
     * stands still for as long, whoever was becoming another program has not had it.
     */
    static final int PATIENCE = 1000;

    private static final long PAUSE_MILLIS = 1;

    /** What is longer is read in parts, between which a process may become another program. */
    private static final int AT_ONCE = 1 << 16;

    // Which words they are, counted from 0 behind the program's name, which is in brackets and may hold anything.
    private static final int STATE = 0;
    private static final int FLAGS = 6;
    private static final int SIZE = 20;
    private static final int CODE_START = 23;
    private static final int ENVIRONMENT_START = 47;
    private static final int ENVIRONMENT_END = 48;

    /** Of what has ended, whether anybody has asked for its code or not. */
    private static final String OVER = "ZXx";

    /** {@code PF_KTHREAD} of the kernel. */
    private static final long KERNEL_THREAD = 0x0020_0000;

    private final Path proc;
    private final Runnable pause;

    /** Those of the last look, of which nothing is to be read: there are many, and they never carry a mark. */
    private volatile Set<ProcessHandle> kernelThreads = Set.of();

    /** Those that the last look waited for in vain, as on a disk that hangs: the next does not, or each would take a second. */
    private volatile Set<ProcessHandle> hopeless = Set.of();

    /** Why the kernel shows no environment. */
    private enum Emptiness {
        /** There is none, or it has ended. */
        FINAL,
        KERNEL_THREAD,
        /** It may have been becoming another program, or ending, when it was asked. */
        PASSING
    }

    /** @param proc the kernel's table of processes, where the system has one */
    ProcessMarks(Path proc) {
        this(proc, () -> Pause.millis(PAUSE_MILLIS));
    }

    /** @param pause lets a moment go by */
    ProcessMarks(Path proc, Runnable pause) {
        this.proc = proc;
        this.pause = pause;
    }

    /** All processes that carry a mark, {@code NAME=value}, by it. */
    Map<String, List<ProcessHandle>> all() {
        Look look = new Look();
        // each knows when it was begun before its environment is read: a later one with its number is not meant by it
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            processes.forEach(look::at);
        }
        kernelThreads = Set.copyOf(look.threads);
        hopeless = Set.copyOf(look.stuck);
        return look.all;
    }

    /** One after the other at all that there are. */
    private final class Look {
        private final Map<String, List<ProcessHandle>> all = new HashMap<>();
        private final Set<ProcessHandle> threads = new HashSet<>();
        private final Set<ProcessHandle> known = kernelThreads;
        private final Set<ProcessHandle> stuck = new HashSet<>();
        private final Set<ProcessHandle> givenUp = hopeless;
        private final byte[] buffer = new byte[AT_ONCE];
        private int patience = PATIENCE;

        void at(ProcessHandle process) {
            if (known.contains(process)) {
                threads.add(process);
                return;
            }
            for (String mark : marksIn(environmentOf(process))) {
                all.computeIfAbsent(mark, added -> new ArrayList<>()).add(process);
            }
        }

        /** Empty for what cannot be read, which is another user's or gone. */
        private String environmentOf(ProcessHandle process) {
            Path directory = proc.resolve(String.valueOf(process.pid()));
            boolean waited = false;
            try {
                while (true) {
                    String environment = read(directory.resolve("environ"), buffer);
                    if (!environment.isEmpty()) {
                        return environment;
                    }
                    Emptiness why = whyEmpty(directory);
                    if (why == Emptiness.KERNEL_THREAD) {
                        threads.add(process);
                    }
                    if (why != Emptiness.PASSING) {
                        return "";
                    }
                    if (patience == 0 || givenUp.contains(process)) {
                        if (waited || givenUp.contains(process)) {
                            stuck.add(process);
                        }
                        return "";
                    }
                    patience--;
                    waited = true;
                    pause.run();
                }
            } catch (IOException e) {
                return "";
            }
        }
    }

    /** Empty where it cannot be read: of what has no memory any more, newer kernels say that there is no such process. */
    private static String read(Path file, byte[] buffer) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            int read = in.read(buffer);
            if (read < buffer.length) {
                return new String(buffer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
            }
            return new String(buffer, StandardCharsets.UTF_8) + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** @throws IOException when it is gone */
    private static Emptiness whyEmpty(Path directory) throws IOException {
        String text = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        if (fields.length <= ENVIRONMENT_END) {
            return Emptiness.FINAL; // a kernel before 3.5 does not tell
        }
        if ((Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0) {
            return Emptiness.KERNEL_THREAD;
        }
        // the kernel writes where its code is when all else of the new program is there
        boolean becoming = fields[CODE_START].equals("0");
        boolean hasNone = fields[ENVIRONMENT_START].equals(fields[ENVIRONMENT_END]);
        boolean isEnding = fields[SIZE].equals("0");
        boolean lives = !becoming && !isEnding && hasNone;
        return lives || OVER.contains(fields[STATE]) ? Emptiness.FINAL : Emptiness.PASSING;
    }

    /** The kernel ends each variable with a zero byte. */
    private static List<String> marksIn(String environment) {
        if (!environment.contains(ContainerCommands.MARK)) {
            return List.of();
        }
        return Stream.of(environment.split("\0"))
                .filter(variable -> variable.startsWith(ContainerCommands.MARK + "="))
                .distinct()
                .toList();
    }
}
