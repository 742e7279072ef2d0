package io.orchestrator.core.agent;

import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Volumes that are to lie in memory, and how large they may become. Blocks on the machine. */
final class MemoryVolumes {
    private static final String MEMORY = "memory";

    private final MemoryDisk disk;
    private final long nodeMemory;
    private final Events events;

    /** @param nodeMemory the most that a volume may have which nothing else limits */
    MemoryVolumes(MemoryDisk disk, long nodeMemory, Events events) {
        this.disk = disk;
        this.nodeMemory = nodeMemory;
        this.events = events;
    }

    static boolean isMeant(Volume volume) {
        return volume.emptyDir() != null && "Memory".equals(volume.emptyDir().medium());
    }

    /** @throws ConfigFailure for memory of a kind that nobody has here */
    static void check(Volume volume) {
        String medium = volume.emptyDir() == null ? "" : volume.emptyDir().medium();
        if (!medium.isEmpty() && !isMeant(volume)) {
            throw new ConfigFailure("unknown storage medium \"" + medium + "\"");
        }
    }

    /** Puts the directory into memory; where that cannot be, the pod is told that it is on disk. */
    void mount(Pod pod, Volume volume, Path directory) throws IOException {
        if (!disk.mount(directory, size(pod, volume))) {
            events.warning(
                    pod,
                    "MemoryVolumeOnDisk",
                    "Volume \"" + volume.name() + "\" asks for memory, which the agent may not mount on this node: it"
                            + " lies on disk");
        }
    }

    void release(Path directory) throws IOException {
        disk.release(directory);
    }

    /** The least of what the node has, the pod's containers may use, and the volume itself allows. */
    private long size(Pod pod, Volume volume) {
        long size = nodeMemory;
        long ofPod = Math.max(sum(pod.spec().containers()), most(pod.spec().initContainers()));
        if (ofPod > 0) {
            size = Math.min(size, ofPod);
        }
        Quantity limit = volume.emptyDir() == null ? null : volume.emptyDir().sizeLimit();
        return limit != null && limit.value() > 0 ? Math.min(size, limit.value()) : size;
    }

    private static long sum(List<Container> containers) {
        return containers.stream().mapToLong(MemoryVolumes::limit).sum();
    }

    private static long most(List<Container> containers) {
        return containers.stream().mapToLong(MemoryVolumes::limit).max().orElse(0);
    }

    private static long limit(Container container) {
        return container
                .resources()
                .limits()
                .getOrDefault(MEMORY, Quantity.ZERO)
                .value();
    }
}
