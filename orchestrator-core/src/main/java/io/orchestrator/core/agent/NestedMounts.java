package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeMount;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where containers of a pod mount other volumes within one of its volumes. Pure. */
final class NestedMounts {
    private NestedMounts() {}

    /** The places, seen from the volume. Where only a part of it is mounted, nothing is within the whole. */
    static Set<Path> within(Volume volume, Pod pod) {
        Set<Path> places = new TreeSet<>();
        mounts(pod)
                .forEach(mounts -> mounts.stream()
                        .filter(outer -> outer.name().equals(volume.name())
                                && outer.subPath().isEmpty()
                                && outer.subPathExpr().isEmpty())
                        .map(NestedMounts::place)
                        .forEach(root -> mounts.stream()
                                .map(NestedMounts::place)
                                .filter(inner -> inner.startsWith(root) && !inner.equals(root))
                                .map(root::relativize)
                                .forEach(places::add)));
        return places;
    }

    private static Stream<List<VolumeMount>> mounts(Pod pod) {
        var spec = pod.spec();
        return Stream.of(
                        spec.initContainers().stream().map(container -> container.volumeMounts()),
                        spec.containers().stream().map(container -> container.volumeMounts()),
                        spec.ephemeralContainers().stream().map(container -> container.volumeMounts()))
                .flatMap(each -> each);
    }

    private static Path place(VolumeMount mount) {
        return Path.of(mount.mountPath()).normalize();
    }
}
