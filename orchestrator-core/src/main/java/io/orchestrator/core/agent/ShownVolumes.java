package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.VolumeDevice;
import io.orchestrator.api.model.core.VolumeMount;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of its volumes the containers of a pod see. As with a kubelet the others are neither made nor waited for: the token that every
 * pod gets without asking costs a signature and a dozen files, and most processes are not shown it. Immutable.
 *
 * @param abilities of the node's runtime
 */
record ShownVolumes(Set<Ability> abilities) {
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    ShownVolumes {
        abilities = Set.copyOf(abilities);
    }

    /**
     * What a container mounts. The token that it gets without asking is no reason to refuse it, nor to give it files of its own where
     * it would have the machine's.
     */
    List<VolumeMount> mounts(Container container) {
        List<VolumeMount> asked = container.volumeMounts().stream()
                .filter(mount -> !mount.mountPath().equals(TOKEN_PATH))
                .toList();
        boolean all = abilities.contains(Ability.FILESYSTEM) || !asked.isEmpty() && abilities.contains(Ability.MOUNTS);
        return all ? container.volumeMounts() : asked;
    }

    /** The names of the volumes that a container has. */
    Set<String> of(Container container) {
        return names(Stream.of(container));
    }

    /** The names of the volumes that any container of the pod has, of those that have joined it, too. */
    Set<String> of(Pod pod) {
        return names(Stream.of(
                        pod.spec().containers().stream(), pod.spec().initContainers().stream(), EphemeralSpecs.of(pod))
                .flatMap(all -> all));
    }

    private Set<String> names(Stream<Container> containers) {
        return containers
                .flatMap(container -> Stream.concat(
                        mounts(container).stream().map(VolumeMount::name),
                        container.volumeDevices().stream().map(VolumeDevice::name)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
