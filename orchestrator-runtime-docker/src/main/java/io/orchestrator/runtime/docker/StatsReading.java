package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.model.CpuStatsConfig;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import io.orchestrator.spi.runtime.ContainerStats;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the engine measured, in our terms. Pure. */
final class StatsReading {
    private StatsReading() {}

    static ContainerStats of(Statistics statistics, Instant at) {
        return new ContainerStats(at, cpu(statistics.getCpuStats()), memory(statistics.getMemoryStats()));
    }

    private static long cpu(@Nullable CpuStatsConfig cpu) {
        var usage = cpu == null ? null : cpu.getCpuUsage();
        Long total = usage == null ? null : usage.getTotalUsage();
        return total == null ? 0 : total;
    }

    /** What could not be given back at once: use without the page cache that nobody touched lately. */
    private static long memory(@Nullable MemoryStatsConfig memory) {
        Long usage = memory == null ? null : memory.getUsage();
        if (memory == null || usage == null) {
            return 0;
        }
        var details = memory.getStats();
        Long inactive = details == null ? null : details.getTotalInactiveFile();
        if (inactive == null && details != null) {
            inactive = details.getInactiveFile();
        }
        return Math.max(0, usage - (inactive == null ? 0 : inactive));
    }
}
