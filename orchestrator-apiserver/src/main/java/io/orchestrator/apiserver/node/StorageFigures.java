package io.orchestrator.apiserver.node;

import io.orchestrator.api.meta.Time;
import io.orchestrator.spi.node.NodeReport;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeStorage.OfPod;
import io.orchestrator.spi.node.NodeStorage.OfVolume;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disks of a {@link SummaryPage}. Numbers of inodes are not told, as nothing of the JDK knows them, nor the sizes of logs, which the
 * runtimes keep for themselves.
 */
final class StorageFigures {
    private static final Logger LOG = LoggerFactory.getLogger(StorageFigures.class);

    private final NodeReport node;
    private final NodeStorage storage;

    StorageFigures(NodeReport node, NodeStorage storage) {
        this.node = node;
        this.storage = storage;
    }

    /** Into what is told of the node. */
    void ofNode(Map<String, Object> told) {
        Map<String, Object> disk = disk(null);
        if (!disk.isEmpty()) {
            told.put("fs", disk);
        }
        if (storage.imageBytes() > 0) {
            Map<String, Object> images = begun();
            images.put("usedBytes", storage.imageBytes());
            told.put("runtime", Map.of("imageFs", images));
        }
    }

    /** Into what is told of a pod. */
    void ofPod(OfPod pod, Map<String, Object> told) {
        List<Map<String, Object>> volumes =
                pod.volumes().stream().map(volume -> volume(pod, volume)).toList();
        if (!volumes.isEmpty()) {
            told.put("volume", volumes);
        }
        Map<String, Object> local = disk(pod.localBytes());
        if (!local.isEmpty()) {
            told.put("ephemeral-storage", local);
        }
    }

    /** Into what is told of a container of the pod. */
    void ofContainer(OfPod pod, String container, Map<String, Object> told) {
        Long written = pod.writtenBytes().get(container);
        if (written != null) {
            Map<String, Object> files = begun();
            files.put("usedBytes", written);
            told.put("rootfs", files);
        }
    }

    private Map<String, Object> volume(OfPod pod, OfVolume volume) {
        Map<String, Object> told = begun();
        told.put("availableBytes", volume.availableBytes());
        told.put("capacityBytes", volume.capacityBytes());
        told.put("usedBytes", volume.usedBytes());
        told.put("name", volume.name());
        if (!volume.claim().isEmpty()) {
            told.put(
                    "pvcRef",
                    Map.of("name", volume.claim(), "namespace", pod.pod().namespace()));
        }
        return told;
    }

    /** The disk of the agent's directory. @param used null for all that is used of it */
    private Map<String, Object> disk(@Nullable Long used) {
        try {
            FileStore disk = Files.getFileStore(node.directory());
            Map<String, Object> told = begun();
            told.put("availableBytes", disk.getUsableSpace());
            told.put("capacityBytes", disk.getTotalSpace());
            told.put("usedBytes", used != null ? used : disk.getTotalSpace() - disk.getUnallocatedSpace());
            return told;
        } catch (IOException e) {
            LOG.debug("the disk of node {} cannot be looked at", node.nodeName(), e);
            return Map.of();
        }
    }

    private Map<String, Object> begun() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("time", Time.of(storage.at()).toString());
        return told;
    }
}
