package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.MountPropagationMode;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodQOSClass;
import io.orchestrator.api.model.core.VolumeMount;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import io.orchestrator.spi.runtime.ContainerSpec.Propagation;
import io.orchestrator.spi.runtime.Images.Image;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.spi.runtime.SharedMounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A container of a pod with everything resolved. Blocks on API and disk. */
final class ContainerSpecs {
    private static final String HOSTS = "/etc/hosts";

    private final NodeContext node;
    private final ContainerSecurity security;

    ContainerSpecs(NodeContext node) {
        this.node = node;
        this.security = new ContainerSecurity(node);
    }

    /** @throws ConfigFailure when it refers to what is not there, or asks for what the node does not grant */
    ContainerSpec of(Pod pod, Container container, PodAction.Launch launch, SandboxState sandbox, Image image)
            throws IOException {
        String podIp = sandbox.addresses().isEmpty() ? "" : sandbox.addresses().get(0);
        DownwardApi self =
                node.self(pod, pod.spec().hostNetwork() ? node.config().hostIp() : podIp);
        if (hasJoined(pod, container)) {
            // nobody may have seen its volumes before
            node.volumes().make(self, node.shown().of(container));
        }
        Map<String, String> variables = node.variables().resolve(container, self);
        String id = Ids.container(pod, container.name(), launch.attempt());
        return new ContainerSpec(
                id,
                sandbox.id(),
                target(pod, container),
                Ids.identity(pod),
                container.name(),
                launch.attempt(),
                container.image(),
                image.id(),
                Expansion.all(container.command(), variables),
                Expansion.all(container.args(), variables),
                variables,
                container.workingDir(),
                mounts(pod, container, id, variables, sandbox),
                ContainerAmounts.of(container.resources(), oomScore(pod, container)),
                security.of(pod, container, image),
                container.tty(),
                container.stdin(),
                container.stdinOnce(),
                "",
                Map.of(),
                Map.of(RestartBackoff.QUICK_ENDS, String.valueOf(launch.quickEnds())));
    }

    private static boolean hasJoined(Pod pod, Container container) {
        return pod.spec().ephemeralContainers().stream()
                .anyMatch(joined -> joined.name().equals(container.name()));
    }

    /** The newest attempt of the container that an ephemeral one was made to look into. */
    private static String target(Pod pod, Container container) {
        return pod.spec().ephemeralContainers().stream()
                .filter(ephemeral -> ephemeral.name().equals(container.name()))
                .map(EphemeralContainer::targetContainerName)
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Stream.of(
                                pod.status().containerStatuses(), pod.status().initContainerStatuses())
                        .flatMap(List::stream)
                        .filter(status ->
                                status.name().equals(name) && status.state().running() != null))
                .map(status -> Ids.container(pod, status.name(), status.restartCount()))
                .findFirst()
                .orElse("");
    }

    private List<Mount> mounts(
            Pod pod, Container container, String id, Map<String, String> variables, SandboxState sandbox)
            throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : node.shown().mounts(container)) {
            if (!node.can(Ability.MOUNTS)) {
                throw new ConfigFailure("the " + node.info().name() + " runtime cannot mount volume \"" + mount.name()
                        + "\" at " + mount.mountPath());
            }
            if ("Enabled".equals(mount.recursiveReadOnly())) {
                throw new ConfigFailure("volume \"" + mount.name()
                        + "\" requested recursive read-only mode, but it is not supported by the runtime");
            }
            String subPath =
                    mount.subPathExpr().isEmpty() ? mount.subPath() : Expansion.ofPath(mount.subPathExpr(), variables);
            Propagation propagation = propagation(pod, container, mount);
            int index = container.volumeMounts().indexOf(mount);
            // what is held at a place of its own passes nothing on to its volume; who mounts for others is privileged
            // anyway
            Path source = node.volumes()
                    .source(
                            pod,
                            container.name(),
                            index,
                            mount,
                            subPath,
                            place -> propagation != Propagation.BIDIRECTIONAL && sees(sandbox, place));
            mounts.add(new Mount(source.toString(), mount.mountPath(), PodVolumes.isReadOnly(pod, mount), propagation));
        }
        if (LastWords.haveAFile(node, container)) {
            String file = node.volumes().terminationLog(pod, id).toString();
            mounts.add(new Mount(file, container.terminationMessagePath(), false));
        }
        if (node.can(Ability.FILESYSTEM) && node.config().terminationMessages()) {
            if (container.volumeMounts().stream()
                    .noneMatch(mount -> mount.mountPath().equals(HOSTS))) {
                var own = container.securityContext();
                boolean readOnly = own != null && Boolean.TRUE.equals(own.readOnlyRootFilesystem());
                mounts.add(new Mount(
                        node.volumes()
                                .hosts(pod, hosts(pod, sandbox.addresses()))
                                .toString(),
                        HOSTS,
                        readOnly));
            }
        }
        node.volumes().makePlaces(pod, mounts);
        return mounts;
    }

    /** A container that is to mount for others is of no use where it cannot; one that would only see less may be. */
    private Propagation propagation(Pod pod, Container container, VolumeMount mount) {
        String wanted = Objects.requireNonNullElse(mount.mountPropagation(), MountPropagationMode.NONE);
        if (wanted.equals(MountPropagationMode.NONE)) {
            return Propagation.NONE;
        }
        boolean both = wanted.equals(MountPropagationMode.BIDIRECTIONAL);
        if (node.can(Ability.MOUNT_PROPAGATION)) {
            return both ? Propagation.BIDIRECTIONAL : Propagation.HOST_TO_CONTAINER;
        }
        if (both) {
            throw new ConfigFailure("the " + node.info().name() + " runtime cannot show others what is mounted at "
                    + mount.mountPath());
        }
        node.events()
                .warning(
                        pod,
                        "MountsNotPropagated",
                        "the " + node.info().name() + " runtime does not show container " + container.name()
                                + " what is mounted within " + mount.mountPath() + " after its start");
        return Propagation.NONE;
    }

    /** Whether the sandbox's containers are shown what the agent has mounted at a place. */
    private boolean sees(SandboxState sandbox, Path place) {
        return node.runtime() instanceof SharedMounts shared
                && node.deadlines()
                        .within(
                                node.config().timing().callDeadline(),
                                "the look at what the runtime sees",
                                () -> shared.sees(sandbox.id(), place))
                        .join();
    }

    private String hosts(Pod pod, List<String> addresses) throws IOException {
        if (pod.spec().hostNetwork()) {
            Path ofNode = Path.of(HOSTS);
            return PodHosts.ofNode(pod, Files.isReadable(ofNode) ? Files.readString(ofNode) : "");
        }
        String domain = SandboxSpecs.domain(pod, node.config().clusterDomain());
        return PodHosts.ofPod(pod, addresses, SandboxSpecs.hostname(pod), domain);
    }

    /** Whom the kernel ends first: pods that asked for nothing, then those that asked for the least. */
    private int oomScore(Pod pod, Container container) {
        return switch (QosClass.of(pod)) {
            case PodQOSClass.GUARANTEED -> -997;
            case PodQOSClass.BEST_EFFORT -> 1000;
            default -> {
                long request = container
                        .resources()
                        .requests()
                        .getOrDefault("memory", Quantity.ZERO)
                        .value();
                long all = node.config()
                        .capacity()
                        .getOrDefault("memory", Quantity.ZERO)
                        .value();
                yield (int) Math.min(999, Math.max(3, 1000 - (all <= 0 ? 0 : 1000 * request / all)));
            }
        };
    }
}
