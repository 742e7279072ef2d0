package io.orchestrator.core.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The process in which the cluster is a guest: what it shares with its host cannot be told apart. */
public final class ProcessFigures implements MetricSource {
    private static final String MEMORY = "Bytes of memory that the JVM uses.";

    @Override
    public void report(Gathering gathering) {
        gathering.gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970.",
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            gathering.counter(
                    "process_cpu_seconds_total",
                    "Seconds of processor time that the process has used.",
                    system.getProcessCpuTime() / 1e9);
        }
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        gathering.gauge(
                "jvm_memory_used_bytes", MEMORY, memory.getHeapMemoryUsage().getUsed(), "area", "heap");
        gathering.gauge(
                "jvm_memory_used_bytes", MEMORY, memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
        gathering.gauge(
                "jvm_threads_current",
                "How many threads the JVM has.",
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
