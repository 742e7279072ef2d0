package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import io.orchestrator.api.model.core.ResourceResizeRestartPolicy;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container's requests and limits are to an engine, and back. Pure. */
final class ContainerAmounts {
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final long LEAST_SHARES = 2;
    private static final long MOST_SHARES = 262_144;
    /** The kernel takes no less than a millisecond of a tenth of a second. */
    private static final long LEAST_QUOTA_MILLIS = 10;

    private ContainerAmounts() {}

    static Resources of(ResourceRequirements resources, int oomScore) {
        Map<String, Quantity> limits = resources.limits();
        Map<String, Quantity> requests = resources.requests();
        long limit = limits.getOrDefault(CPU, Quantity.ZERO).milliValue();
        long request = requests.containsKey(CPU) ? requests.get(CPU).milliValue() : limit;
        long memory = limits.getOrDefault(MEMORY, Quantity.ZERO).value();
        return bounded(new Resources(request * 1024 / 1000, limit, memory, oomScore));
    }

    private static Resources bounded(Resources some) {
        long quota = some.cpuQuotaMillis() <= 0 ? 0 : Math.max(LEAST_QUOTA_MILLIS, some.cpuQuotaMillis());
        return new Resources(
                Math.min(MOST_SHARES, Math.max(LEAST_SHARES, some.cpuShares())),
                quota,
                Math.max(0, some.memoryLimitBytes()),
                some.oomScoreAdj());
    }

    /** Whether both are the same to an engine, but for whom the kernel ends first. */
    static boolean areSame(Resources one, Resources other) {
        Resources mine = bounded(one);
        Resources others = bounded(other);
        return mine.cpuShares() == others.cpuShares()
                && mine.cpuQuotaMillis() == others.cpuQuotaMillis()
                && mine.memoryLimitBytes() == others.memoryLimitBytes();
    }

    /** Whether the container must begin anew to have what is wanted, as its policy says for each resource. */
    static boolean mustRestart(Container container, Resources wanted, Resources before) {
        Resources now = bounded(before);
        boolean cpu = wanted.cpuShares() != now.cpuShares() || wanted.cpuQuotaMillis() != now.cpuQuotaMillis();
        boolean memory = wanted.memoryLimitBytes() != now.memoryLimitBytes();
        return container.resizePolicy().stream()
                .filter(policy -> policy.restartPolicy().equals(ResourceResizeRestartPolicy.RESTART_CONTAINER))
                .anyMatch(policy -> policy.resourceName().equals(CPU) ? cpu : memory);
    }

    /** Requests and limits as they are in force: as granted where the engine has just that. */
    static ResourceRequirements inForce(ResourceRequirements granted, @Nullable Resources actual) {
        if (actual == null || areSame(of(granted, 0), actual)) {
            return granted;
        }
        Resources meant = of(granted, 0);
        Resources now = bounded(actual);
        Map<String, Quantity> limits = new LinkedHashMap<>(granted.limits());
        Map<String, Quantity> requests = new LinkedHashMap<>(granted.requests());
        if (now.cpuQuotaMillis() != meant.cpuQuotaMillis()) {
            put(limits, CPU, now.cpuQuotaMillis(), Quantity.ofMilli(now.cpuQuotaMillis()));
        }
        if (now.memoryLimitBytes() != meant.memoryLimitBytes()) {
            put(limits, MEMORY, now.memoryLimitBytes(), Quantity.ofBytes(now.memoryLimitBytes()));
        }
        if (now.cpuShares() != meant.cpuShares()) {
            long millis = now.cpuShares() <= LEAST_SHARES ? 0 : (now.cpuShares() * 1000 + 1023) / 1024;
            put(requests, CPU, millis, Quantity.ofMilli(millis));
        }
        return ResourceRequirementsBuilder.builder(granted)
                .limits(limits)
                .requests(requests)
                .build();
    }

    private static void put(Map<String, Quantity> amounts, String name, long amount, Quantity quantity) {
        if (amount == 0) {
            amounts.remove(name);
        } else {
            amounts.put(name, quantity);
        }
    }
}
