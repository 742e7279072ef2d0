package io.orchestrator.spi.node;

import io.orchestrator.spi.runtime.PodIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pods of a node have on its disks.
 *
 * @param at when it was measured
 * @param imageBytes of all images of the node; 0 where the runtime has none
 */
public record NodeStorage(Instant at, List<OfPod> pods, long imageBytes) {
    /** Nothing is known. */
    public static final NodeStorage NONE = new NodeStorage(Instant.EPOCH, List.of(), 0);

    public NodeStorage {
        pods = List.copyOf(pods);
    }

    public Optional<OfPod> of(String podUid) {
        return pods.stream().filter(pod -> pod.pod().uid().equals(podUid)).findFirst();
    }

    /**
     * Of a pod.
     *
     * @param writtenBytes what its containers that run have written beside their volumes, by name, where the runtime can tell
     */
    public record OfPod(PodIdentity pod, List<OfVolume> volumes, Map<String, Long> writtenBytes) {
        public OfPod {
            volumes = List.copyOf(volumes);
            writtenBytes = Map.copyOf(writtenBytes);
        }

        /** What the node's disk would have again without the pod: claims and memory do not count. */
        public long localBytes() {
            return volumes.stream()
                            .filter(OfVolume::isLocal)
                            .mapToLong(OfVolume::usedBytes)
                            .sum()
                    + writtenBytes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Of a volume. The disk that it lies on may hold other things as well.
     *
     * @param claim the claim that it stands for; empty for none
     * @param inMemory whether it takes memory and no disk
     * @param usedBytes of its own files; of a claim, of the disk that it lies on
     * @param availableBytes left on that disk
     * @param capacityBytes of that disk
     */
    public record OfVolume(
            String name, String claim, boolean inMemory, long usedBytes, long availableBytes, long capacityBytes) {
        public boolean isLocal() {
            return claim.isEmpty() && !inMemory;
        }
    }
}
