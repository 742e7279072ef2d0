package io.orchestrator.apiserver.node;

import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.spi.node.NodeUsage;

/** What containers and pods use, as {@code /metrics/resource} tells it to those who collect figures. Pure. */
final class ResourceFigures {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private ResourceFigures() {}

    static void report(NodeUsage used, Gathering gathering) {
        gathering.counter(
                "node_cpu_usage_seconds_total",
                "Cumulative cpu time consumed by the node in core-seconds",
                used.cpuNanos() / NANOS,
                used.at());
        gathering.gauge(
                "node_memory_working_set_bytes",
                "Current working set of the node in bytes",
                used.memoryWorkingSetBytes(),
                used.at());
        gathering.gauge("resource_scrape_error", "1 if there was an error while getting container metrics", 0);
        for (NodeUsage.OfPod pod : used.pods()) {
            String[] labels = {
                "namespace", pod.pod().namespace(), "pod", pod.pod().name()
            };
            double seconds = pod.containers().stream()
                            .mapToLong(NodeUsage.OfContainer::cpuNanos)
                            .sum()
                    / NANOS;
            gathering.counter(
                    "pod_cpu_usage_seconds_total",
                    "Cumulative cpu time consumed by the pod in core-seconds",
                    seconds,
                    used.at(),
                    labels);
            gathering.gauge(
                    "pod_memory_working_set_bytes",
                    "Current working set of the pod in bytes",
                    pod.memoryWorkingSetBytes(),
                    used.at(),
                    labels);
            pod.containers().forEach(container -> container(container, labels, gathering));
        }
    }

    private static void container(NodeUsage.OfContainer container, String[] ofPod, Gathering gathering) {
        String[] labels = {"container", container.name(), ofPod[0], ofPod[1], ofPod[2], ofPod[3]};
        gathering.counter(
                "container_cpu_usage_seconds_total",
                "Cumulative cpu time consumed by the container in core-seconds",
                container.cpuNanos() / NANOS,
                container.at(),
                labels);
        if (container.startedAt() != null) {
            gathering.gauge(
                    "container_start_time_seconds",
                    "Start time of the container since unix epoch in seconds",
                    container.startedAt().toEpochMilli() / MILLIS,
                    labels);
        }
        gathering.gauge(
                "container_memory_working_set_bytes",
                "Current working set of the container in bytes",
                container.memoryWorkingSetBytes(),
                container.at(),
                labels);
    }
}
