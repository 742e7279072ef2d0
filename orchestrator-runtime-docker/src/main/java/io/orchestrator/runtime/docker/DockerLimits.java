package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.command.UpdateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import org.jspecify.annotations.Nullable;

/** Limits and shares as the engine has them. Pure. */
final class DockerLimits {
    private static final long CPU_PERIOD_MICROS = 100_000;
    private static final long LEAST_QUOTA_MICROS = 1_000;
    private static final long UNLIMITED = -1;

    /** The engine takes no word for no limit of memory in an update; this is what the kernel has for none. */
    private static final long ALL_MEMORY = Long.MAX_VALUE - 4095;

    private DockerLimits() {}

    static void set(HostConfig config, Resources resources) {
        if (resources.cpuShares() > 0) {
            config.withCpuShares(shares(resources));
        }
        if (resources.cpuQuotaMillis() > 0) {
            config.withCpuPeriod(CPU_PERIOD_MICROS).withCpuQuota(quotaMicros(resources));
        }
        if (resources.memoryLimitBytes() > 0) {
            // No swap beyond the limit: a pod that is over it shall be ended, as Kubernetes does.
            config.withMemory(resources.memoryLimitBytes()).withMemorySwap(resources.memoryLimitBytes());
        }
    }

    /** An update that names no amount leaves what was: no limit must be said. */
    static UpdateContainerCmd set(UpdateContainerCmd update, Resources resources) {
        boolean quota = resources.cpuQuotaMillis() > 0;
        boolean memory = resources.memoryLimitBytes() > 0;
        return update.withCpuShares(shares(resources))
                .withCpuPeriod(CPU_PERIOD_MICROS)
                .withCpuQuota(quota ? quotaMicros(resources) : UNLIMITED)
                .withMemory(memory ? resources.memoryLimitBytes() : ALL_MEMORY)
                .withMemorySwap(memory ? resources.memoryLimitBytes() : ALL_MEMORY);
    }

    static @Nullable Resources of(@Nullable HostConfig config) {
        if (config == null) {
            return null;
        }
        long period = positive(config.getCpuPeriod()) == 0 ? CPU_PERIOD_MICROS : positive(config.getCpuPeriod());
        long memory = positive(config.getMemory());
        Integer score = config.getOomScoreAdj();
        return new Resources(
                config.getCpuShares() == null ? 0 : Math.max(0, config.getCpuShares()),
                positive(config.getCpuQuota()) * 1000 / period,
                memory >= ALL_MEMORY ? 0 : memory,
                score == null ? 0 : score);
    }

    private static int shares(Resources resources) {
        return (int) Math.min(262_144, Math.max(2, resources.cpuShares()));
    }

    private static long quotaMicros(Resources resources) {
        return Math.max(LEAST_QUOTA_MICROS, resources.cpuQuotaMillis() * CPU_PERIOD_MICROS / 1000);
    }

    /** The engine says no limit in several ways. */
    private static long positive(@Nullable Long amount) {
        return amount == null ? 0 : Math.max(0, amount);
    }
}
