package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Capabilities;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.SecurityContext;
import io.orchestrator.api.model.core.VolumeMount;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.Images.Image;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.SandboxState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container of a pod with everything resolved. Blocks on API and disk. */
final class ContainerSpecs {
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final NodeContext node;

    ContainerSpecs(NodeContext node) {
        this.node = node;
    }

    /** @throws ConfigFailure when it refers to what is not there, or asks for what the node does not grant */
    ContainerSpec of(Pod pod, Container container, PodAction.Launch launch, SandboxState sandbox, Image image)
            throws IOException {
        String podIp = sandbox.addresses().isEmpty() ? "" : sandbox.addresses().get(0);
        DownwardApi self =
                node.self(pod, pod.spec().hostNetwork() ? node.config().hostIp() : podIp);
        Map<String, String> variables = node.variables().resolve(container, self);
        String id = Ids.container(pod, container.name(), launch.attempt());
        return new ContainerSpec(
                id,
                sandbox.id(),
                Ids.identity(pod),
                container.name(),
                launch.attempt(),
                container.image(),
                image.id(),
                Expansion.all(container.command(), variables),
                Expansion.all(container.args(), variables),
                variables,
                container.workingDir(),
                mounts(pod, container, id, variables),
                resources(container),
                security(pod, container),
                container.tty(),
                container.stdin(),
                container.stdinOnce(),
                "",
                Map.of(),
                Map.of(RestartBackoff.QUICK_ENDS, String.valueOf(launch.quickEnds())));
    }

    private List<Mount> mounts(Pod pod, Container container, String id, Map<String, String> variables)
            throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : container.volumeMounts()) {
            if (!node.can(Ability.MOUNTS)) {
                // the token that every pod gets without asking is no reason to refuse one
                if (mount.mountPath().equals(TOKEN_PATH)) {
                    continue;
                }
                throw new ConfigFailure("the " + node.info().name() + " runtime cannot mount volume \"" + mount.name()
                        + "\" at " + mount.mountPath());
            }
            String subPath =
                    mount.subPathExpr().isEmpty() ? mount.subPath() : Expansion.of(mount.subPathExpr(), variables);
            String source = node.volumes().source(pod, mount, subPath).toString();
            mounts.add(new Mount(source, mount.mountPath(), mount.readOnly()));
        }
        if (node.can(Ability.MOUNTS)
                && node.config().terminationMessages()
                && !container.terminationMessagePath().isEmpty()) {
            String file = node.volumes().terminationLog(pod, id).toString();
            mounts.add(new Mount(file, container.terminationMessagePath(), false));
        }
        return mounts;
    }

    private static Resources resources(Container container) {
        Map<String, Quantity> limits = container.resources().limits();
        Map<String, Quantity> requests = container.resources().requests();
        long cpuLimit = limits.getOrDefault("cpu", Quantity.ZERO).milliValue();
        long cpuRequest = requests.containsKey("cpu") ? requests.get("cpu").milliValue() : cpuLimit;
        long memory = limits.getOrDefault("memory", Quantity.ZERO).value();
        return new Resources(Math.max(2, cpuRequest * 1024 / 1000), cpuLimit, memory, 0);
    }

    private Security security(Pod pod, Container container) {
        SecurityContext own = container.securityContext() == null ? SecurityContext.EMPTY : container.securityContext();
        PodSecurityContext ofPod = pod.spec().securityContext() == null
                ? PodSecurityContext.EMPTY
                : pod.spec().securityContext();
        boolean privileged = Boolean.TRUE.equals(own.privileged());
        if (privileged && !node.config().policy().privileged()) {
            throw new ConfigFailure("the node's policy allows no privileged containers");
        }
        Long user = orElse(own.runAsUser(), ofPod.runAsUser());
        Long group = orElse(own.runAsGroup(), ofPod.runAsGroup());
        boolean nonRoot = Boolean.TRUE.equals(own.runAsNonRoot() != null ? own.runAsNonRoot() : ofPod.runAsNonRoot());
        if (nonRoot && user != null && user == 0) {
            throw new ConfigFailure("container's runAsUser breaks non-root policy (pod: \""
                    + pod.metadata().name() + "\", container: " + container.name() + ")");
        }
        if (user != null && !node.can(Ability.USERS)) {
            throw new ConfigFailure("the " + node.info().name() + " runtime cannot run a container as user " + user);
        }
        List<Long> groups = new ArrayList<>(ofPod.supplementalGroups());
        if (ofPod.fsGroup() != null) {
            groups.add(ofPod.fsGroup());
        }
        Capabilities capabilities = own.capabilities() == null ? Capabilities.EMPTY : own.capabilities();
        var seccomp = own.seccompProfile() != null ? own.seccompProfile() : ofPod.seccompProfile();
        return new Security(
                user,
                group,
                groups,
                privileged,
                Boolean.TRUE.equals(own.readOnlyRootFilesystem()),
                !Boolean.FALSE.equals(own.allowPrivilegeEscalation()),
                capabilities.add(),
                capabilities.drop(),
                seccomp == null ? "" : seccomp.type());
    }

    private static @Nullable Long orElse(@Nullable Long own, @Nullable Long ofPod) {
        return own != null ? own : ofPod;
    }
}
