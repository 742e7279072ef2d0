package io.orchestrator.core.agent;

import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerStats;
import io.orchestrator.spi.runtime.PodIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was used between two looks. Pure. */
final class UsageReport {
    /** What a container does in its first moment says nothing of what it does. */
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private UsageReport() {}

    /**
     * A container that was not seen before counts from its start. One that was looked at a moment ago, as when two looks overlap,
     * is told as it was then. A pod of which a running container cannot be told is left out: a part would be taken for the whole.
     *
     * @param last what was told after the look before; null when there was none
     * @param spent CPU time of all containers, those that have ended included
     */
    static NodeUsage of(
            List<ContainerState> running,
            Map<String, ContainerStats> before,
            Map<String, ContainerStats> now,
            @Nullable NodeUsage last,
            long spent,
            Instant at) {
        Map<PodIdentity, List<NodeUsage.OfContainer>> pods = new LinkedHashMap<>();
        Set<PodIdentity> incomplete = new HashSet<>();
        for (ContainerState container : running) {
            List<NodeUsage.OfContainer> known = pods.computeIfAbsent(container.pod(), pod -> new ArrayList<>());
            used(container, before.get(container.id()), now.get(container.id()), last)
                    .ifPresentOrElse(known::add, () -> incomplete.add(container.pod()));
        }
        pods.keySet().removeAll(incomplete);
        Duration window = pods.values().stream()
                .flatMap(List::stream)
                .map(NodeUsage.OfContainer::window)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new NodeUsage(
                at,
                window,
                pods.entrySet().stream()
                        .map(pod -> new NodeUsage.OfPod(pod.getKey(), pod.getValue()))
                        .toList(),
                spent);
    }

    /** Whether a container that was never seen can be told of already. */
    static boolean isMeasurable(ContainerState container, Instant at) {
        Instant start = container.startedAt();
        return start != null && Duration.between(start, at).compareTo(SHORTEST) >= 0;
    }

    private static Optional<NodeUsage.OfContainer> told(NodeUsage last, ContainerState container) {
        return last.pods().stream()
                .filter(pod -> pod.pod().equals(container.pod()))
                .flatMap(pod -> pod.containers().stream())
                .filter(known -> known.name().equals(container.name()))
                .findFirst();
    }

    private static Optional<NodeUsage.OfContainer> used(
            ContainerState container,
            @Nullable ContainerStats before,
            @Nullable ContainerStats now,
            @Nullable NodeUsage last) {
        Instant since = before == null ? container.startedAt() : before.at();
        if (now == null || since == null) {
            return Optional.empty();
        }
        Duration window = Duration.between(since, now.at());
        if (window.compareTo(SHORTEST) < 0) {
            return before == null || last == null ? Optional.empty() : told(last, container);
        }
        long spent = Math.max(0, now.cpuNanos() - (before == null ? 0 : before.cpuNanos()));
        double cores = (double) spent / window.toNanos();
        return Optional.of(new NodeUsage.OfContainer(
                container.name(),
                now.at(),
                window,
                Math.round(cores * 1e9),
                now.cpuNanos(),
                now.memoryWorkingSetBytes(),
                container.startedAt()));
    }
}
