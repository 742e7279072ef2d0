package io.orchestrator.apiserver.node;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.node.NodeReport;
import io.orchestrator.spi.node.NodeUsage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kubelet's {@code Summary}: what the node, its pods and their containers use. What a node uses is what its pods use, since
 * several nodes may share a machine. What is not measured is left out.
 */
final class SummaryPage {
    private static final Logger LOG = LoggerFactory.getLogger(SummaryPage.class);

    private SummaryPage() {}

    /** @param brief whether disks are left out */
    static Map<String, Object> of(NodeReport node, NodeUsage used, boolean brief) {
        Map<String, Pod> pods = node.pods().stream()
                .collect(Collectors.toMap(pod -> pod.metadata().uid(), pod -> pod, (one, other) -> one));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("node", node(node, used, brief));
        page.put("pods", used.pods().stream().map(pod -> pod(pod, pods)).toList());
        return page;
    }

    private static Map<String, Object> node(NodeReport node, NodeUsage used, boolean brief) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("nodeName", node.nodeName());
        long spent = used.pods().stream()
                .flatMap(pod -> pod.containers().stream())
                .mapToLong(NodeUsage.OfContainer::cpuNanos)
                .sum();
        told.put("cpu", cpu(used.at(), used.nanoCores(), spent));
        Map<String, Object> memory = memory(used.at(), used.memoryWorkingSetBytes());
        long capacity = node.capacity().getOrDefault("memory", Quantity.ZERO).value();
        memory.put("availableBytes", Math.max(0, capacity - used.memoryWorkingSetBytes()));
        told.put("memory", memory);
        if (!brief) {
            disk(node, used.at(), told);
        }
        return told;
    }

    private static void disk(NodeReport node, Instant at, Map<String, Object> told) {
        try {
            FileStore disk = Files.getFileStore(node.directory());
            Map<String, Object> fs = new LinkedHashMap<>();
            fs.put("time", text(at));
            fs.put("availableBytes", disk.getUsableSpace());
            fs.put("capacityBytes", disk.getTotalSpace());
            fs.put("usedBytes", disk.getTotalSpace() - disk.getUnallocatedSpace());
            told.put("fs", fs);
        } catch (IOException e) {
            LOG.debug("the disk of node {} cannot be looked at", node.nodeName(), e);
        }
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
