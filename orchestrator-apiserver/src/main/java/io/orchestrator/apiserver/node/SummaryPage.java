package io.orchestrator.apiserver.node;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeReport;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeUsage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kubelet's {@code Summary}: what the node, its pods and their containers use. What a node uses is what its pods use, since
 * several nodes may share a machine. What is not measured is left out.
 */
final class SummaryPage {
    private SummaryPage() {}

    /** What a kubelet tells those who ask for CPU and memory alone. */
    static Map<String, Object> brief(NodeReport node, NodeUsage used) {
        return of(node, used, null);
    }

    static Map<String, Object> of(NodeReport node, NodeUsage used, @Nullable NodeStorage storage) {
        Map<String, Pod> pods = node.pods().stream()
                .collect(Collectors.toMap(pod -> pod.metadata().uid(), pod -> pod, (one, other) -> one));
        StorageFigures disks = storage == null ? null : new StorageFigures(node, storage);
        Map<String, Object> page = new LinkedHashMap<>();
        Map<String, Object> ofNode = node(node, used);
        if (disks != null) {
            new MachineFigures(Path.of("/proc"), used.at()).tell(ofNode);
            disks.ofNode(ofNode);
        }
        page.put("node", ofNode);
        page.put(
                "pods",
                used.pods().stream()
                        .map(pod -> {
                            Map<String, Object> told = pod(pod, pods);
                            if (storage != null && disks != null) {
                                storage.of(pod.pod().uid()).ifPresent(known -> addDisks(disks, known, told));
                            }
                            return told;
                        })
                        .toList());
        return page;
    }

    @SuppressWarnings("unchecked") // they were made here
    private static void addDisks(StorageFigures disks, NodeStorage.OfPod known, Map<String, Object> told) {
        disks.ofPod(known, told);
        Object containers = Objects.requireNonNull(told.get("containers"));
        for (Map<String, Object> container : (List<Map<String, Object>>) containers) {
            disks.ofContainer(known, String.valueOf(container.get("name")), container);
        }
    }

    private static Map<String, Object> node(NodeReport node, NodeUsage used) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("nodeName", node.nodeName());
        told.put("cpu", cpu(used.at(), used.nanoCores(), used.cpuNanos()));
        Map<String, Object> memory = memory(used.at(), used.memoryWorkingSetBytes());
        long capacity = node.capacity().getOrDefault("memory", Quantity.ZERO).value();
        memory.put("availableBytes", Math.max(0, capacity - used.memoryWorkingSetBytes()));
        told.put("memory", memory);
        return told;
    }

    private static Map<String, Object> pod(NodeUsage.OfPod used, Map<String, Pod> pods) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put(
                "podRef",
                Map.of(
                        "name", used.pod().name(),
                        "namespace", used.pod().namespace(),
                        "uid", used.pod().uid()));
        Pod known = pods.get(used.pod().uid());
        Time start = known == null ? null : known.status().startTime();
        if (start != null) {
            told.put("startTime", text(start.instant()));
        }
        List<NodeUsage.OfContainer> containers = used.containers();
        told.put("containers", containers.stream().map(SummaryPage::container).toList());
        Instant at = containers.stream()
                .map(NodeUsage.OfContainer::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        long spent =
                containers.stream().mapToLong(NodeUsage.OfContainer::cpuNanos).sum();
        told.put("cpu", cpu(at, used.nanoCores(), spent));
        told.put("memory", memory(at, used.memoryWorkingSetBytes()));
        return told;
    }

    private static Map<String, Object> container(NodeUsage.OfContainer used) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", used.name());
        if (used.startedAt() != null) {
            told.put("startTime", text(used.startedAt()));
        }
        told.put("cpu", cpu(used.at(), used.nanoCores(), used.cpuNanos()));
        told.put("memory", memory(used.at(), used.memoryWorkingSetBytes()));
        return told;
    }

    private static Map<String, Object> cpu(Instant at, long nanoCores, long nanos) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("time", text(at));
        told.put("usageNanoCores", nanoCores);
        told.put("usageCoreNanoSeconds", nanos);
        return told;
    }

    private static Map<String, Object> memory(Instant at, long bytes) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("time", text(at));
        told.put("workingSetBytes", bytes);
        return told;
    }

    private static String text(Instant at) {
        return Time.of(at).toString();
    }
}
