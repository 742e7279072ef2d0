package io.orchestrator.spi.node;

import io.orchestrator.spi.runtime.PodIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of a node use.
 *
 * @param at when the measurement ended
 * @param window how long it was; the windows of single containers may differ from it
 * @param cpuNanos CPU time of all containers that the agent has seen, those that have ended included: it never falls while the
 *     agent runs
 */
public record NodeUsage(Instant at, Duration window, List<OfPod> pods, long cpuNanos) {
    public NodeUsage {
        pods = List.copyOf(pods);
    }

    /** With the CPU time of the containers that run. */
    public NodeUsage(Instant at, Duration window, List<OfPod> pods) {
        this(
                at,
                window,
                pods,
                pods.stream()
                        .flatMap(pod -> pod.containers().stream())
                        .mapToLong(OfContainer::cpuNanos)
                        .sum());
    }

    /** Of a pod: its containers that run. */
    public record OfPod(PodIdentity pod, List<OfContainer> containers) {
        public OfPod {
            containers = List.copyOf(containers);
        }

        /** Billionths of a core, on average. */
        public long nanoCores() {
            return containers.stream().mapToLong(OfContainer::nanoCores).sum();
        }

        public long memoryWorkingSetBytes() {
            return containers.stream()
                    .mapToLong(OfContainer::memoryWorkingSetBytes)
                    .sum();
        }
    }

    /**
     * Of a container.
     *
     * @param at when it was looked at
     * @param window over which CPU is averaged
     * @param nanoCores billionths of a core, on average over the window
     * @param cpuNanos CPU time since its start
     * @param startedAt null where that is not known
     */
    public record OfContainer(
            String name,
            Instant at,
            Duration window,
            long nanoCores,
            long cpuNanos,
            long memoryWorkingSetBytes,
            @Nullable Instant startedAt) {
        public OfContainer(
                String name, Instant at, Duration window, long nanoCores, long cpuNanos, long memoryWorkingSetBytes) {
            this(name, at, window, nanoCores, cpuNanos, memoryWorkingSetBytes, null);
        }
    }

    /** Of all pods, in billionths of a core. */
    public long nanoCores() {
        return pods.stream().mapToLong(OfPod::nanoCores).sum();
    }

    /** Of all pods. */
    public long memoryWorkingSetBytes() {
        return pods.stream().mapToLong(OfPod::memoryWorkingSetBytes).sum();
    }
}
