package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pod makes room first: those that use more than they asked for, then the less important, then those that exceed their requests
 * by most, then the younger. Where nobody knows who uses what, as of processes, importance and age alone decide. Pure.
 */
final class EvictionRank {
    /** From here on pods belong to the system, and are not evicted. */
    static final int CRITICAL = 2_000_000_000;

    private final String resource;
    private final Map<String, Long> used;

    /** @param used by uid; pods that are not in it count as using nothing */
    private EvictionRank(String resource, Map<String, Long> used) {
        this.resource = resource;
        this.used = used;
    }

    static EvictionRank byMemory(NodeUsage usage) {
        Map<String, Long> used = new HashMap<>();
        usage.pods().forEach(pod -> used.put(pod.pod().uid(), pod.memoryWorkingSetBytes()));
        return new EvictionRank("memory", used);
    }

    static EvictionRank byDisk(NodeStorage storage) {
        Map<String, Long> used = new HashMap<>();
        storage.pods().forEach(pod -> used.put(pod.pod().uid(), pod.localBytes()));
        return new EvictionRank(WrittenLayers.RESOURCE, used);
    }

    static EvictionRank blind() {
        return new EvictionRank("", Map.of());
    }

    static boolean isCritical(Pod pod) {
        return priority(pod) >= CRITICAL;
    }

    /** Critical pods stay, and those of the node's files, which would not be admitted again. */
    static boolean mayStay(Pod pod) {
        return isCritical(pod) || StaticPods.isStatic(pod);
    }

    /** The candidates in the order in which they go; those that may stay are left out. */
    List<Pod> order(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> !mayStay(pod))
                .sorted(Comparator.comparing((Pod pod) -> excess(pod) > 0 ? 0 : 1)
                        .thenComparingInt(EvictionRank::priority)
                        .thenComparing(Comparator.comparingLong(this::excess).reversed())
                        .thenComparing(Comparator.comparing(EvictionRank::start).reversed()))
                .toList();
    }

    long used(Pod pod) {
        return used.getOrDefault(pod.metadata().uid(), 0L);
    }

    long requested(Pod pod) {
        return PodRequests.of(pod).getOrDefault(resource, Quantity.ZERO).value();
    }

    long excess(Pod pod) {
        return used(pod) - requested(pod);
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
