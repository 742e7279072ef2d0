package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pod makes room first: of memory, those that use more than they asked for, then the less important, then those that
 * exceed their requests by most; of anything else the less important, then the younger. Pure.
 */
final class EvictionRank {
    /** From here on pods belong to the system, and are not evicted. */
    static final int CRITICAL = 2_000_000_000;

    private final Map<String, Long> memory = new HashMap<>();

    /** @param usage as far as it is known; pods that are not in it count as using nothing */
    EvictionRank(NodeUsage usage) {
        usage.pods().forEach(pod -> memory.put(pod.pod().uid(), pod.memoryWorkingSetBytes()));
    }

    static boolean isCritical(Pod pod) {
        return priority(pod) >= CRITICAL;
    }

    /** Critical pods stay, and those of the node's files, which would not be admitted again. */
    static boolean mayStay(Pod pod) {
        return isCritical(pod) || StaticPods.isStatic(pod);
    }

    /** The candidates in the order in which they go; those that may stay are left out. */
    List<Pod> order(List<Pod> pods, Shortage shortage) {
        Comparator<Pod> byImportance = Comparator.comparingInt(EvictionRank::priority);
        Comparator<Pod> order = shortage == Shortage.MEMORY
                ? Comparator.comparing((Pod pod) -> excess(pod) > 0 ? 0 : 1)
                        .thenComparing(byImportance)
                        .thenComparing(Comparator.comparingLong(this::excess).reversed())
                : byImportance.thenComparing(
                        Comparator.comparing(EvictionRank::start).reversed());
        return pods.stream().filter(pod -> !mayStay(pod)).sorted(order).toList();
    }

    long used(Pod pod) {
        return memory.getOrDefault(pod.metadata().uid(), 0L);
    }

    private long excess(Pod pod) {
        return used(pod)
                - PodRequests.of(pod).getOrDefault("memory", Quantity.ZERO).value();
    }

    private static int priority(Pod pod) {
        Integer priority = pod.spec().priority();
        return priority == null ? 0 : priority;
    }

    private static Instant start(Pod pod) {
        return pod.status().startTime() == null
                ? Instant.EPOCH
                : pod.status().startTime().instant();
    }
}
