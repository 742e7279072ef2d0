package io.orchestrator.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a measurement used of the machine, thread by thread: on a machine that others share, the time that passes says little,
 * the processor time that was used says more. Compilers and collectors of the JVM are in the time of the process alone.
 */
public final class Usage {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int LAST = 7;

    private final long begun = System.nanoTime();
    private final long process = processNanos();
    private final double machine = machineSeconds();
    private final Map<Long, Long> threads = threadNanos();

    private Usage() {}

    /** Begins to measure. */
    public static Usage begin() {
        return new Usage();
    }

    /** What has been used since. */
    public Used end() {
        double wall = (System.nanoTime() - begun) / 1e9;
        double own = (processNanos() - process) / 1e9;
        double others = Math.max(0, machineSeconds() - machine - own) / wall;
        Map<String, Long> byName = new HashMap<>();
        for (Map.Entry<Long, Long> thread : threadNanos().entrySet()) {
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getKey());
            if (info != null) {
                byName.merge(
                        info.getThreadName(), thread.getValue() - threads.getOrDefault(thread.getKey(), 0L), Long::sum);
            }
        }
        return new Used(wall, own, others, byName);
    }

    /**
     * @param process seconds of processor time of this process, its compilers and collectors included
     * @param others how many processors everybody else kept busy meanwhile; 0 where the system does not tell
     * @param threads nanoseconds of processor time by name, of threads that are still there
     */
    public record Used(double wallSeconds, double process, double others, Map<String, Long> threads) {
        public Used {
            threads = Map.copyOf(threads);
        }

        /** Seconds of processor time of the threads with these names. */
        public double seconds(Predicate<String> names) {
            return threads.entrySet().stream()
                            .filter(thread -> names.test(thread.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum()
                    / 1e9;
        }
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Map<Long, Long> threadNanos() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : ManagementFactory.getThreadMXBean().getAllThreadIds()) {
            long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(id);
            if (used > 0) {
                nanos.put(id, used);
            }
        }
        return nanos;
    }

    /** Seconds for which processors of this machine have been busy. */
    private static double machineSeconds() {
        if (!Files.isReadable(MACHINE)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(MACHINE);
            String[] all = lines.get(0).replaceFirst("cpu +", "").split(" ");
            double[] ticks = Arrays.stream(all).mapToDouble(Double::parseDouble).toArray();
            double busy = 0;
            for (int i = 0; i <= LAST; i++) {
                busy += i == IDLE || i == WAITING ? 0 : ticks[i];
            }
            return busy / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
