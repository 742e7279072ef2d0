package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.AppArmorProfile;
import io.orchestrator.api.model.core.Capabilities;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.SeccompProfile;
import io.orchestrator.api.model.core.SecurityContext;
import io.orchestrator.spi.runtime.ContainerSpec.Security;
import io.orchestrator.spi.runtime.Images.Image;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a container runs as and what it may do: its own word goes before the pod's, and the node's policy before both. */
final class ContainerSecurity {
    private final NodeContext node;

    ContainerSecurity(NodeContext node) {
        this.node = node;
    }

    /** @throws ConfigFailure for what the node does not grant or cannot do; reads a profile from disk */
    Security of(Pod pod, Container container, Image image) throws IOException {
        SecurityContext own = container.securityContext() == null ? SecurityContext.EMPTY : container.securityContext();
        PodSecurityContext ofPod = pod.spec().securityContext() == null
                ? PodSecurityContext.EMPTY
                : pod.spec().securityContext();
        boolean privileged = Boolean.TRUE.equals(own.privileged());
        if (privileged && !node.config().policy().privileged()) {
            throw new ConfigFailure("the node's policy allows no privileged containers");
        }
        if (own.procMount() != null && own.procMount().equals("Unmasked")) {
            throw new ConfigFailure("the node supports no procMount but Default");
        }
        Long user = orElse(own.runAsUser(), ofPod.runAsUser());
        Long group = orElse(own.runAsGroup(), ofPod.runAsGroup());
        if (Boolean.TRUE.equals(own.runAsNonRoot() != null ? own.runAsNonRoot() : ofPod.runAsNonRoot())) {
            verifyNonRoot(pod, container, user, image.user());
        }
        String imageUser = image.user().split(":", 2)[0];
        boolean another = user != null && !imageUser.equals(String.valueOf(user));
        if ((another || group != null) && !node.can(Ability.USERS)) {
            throw new ConfigFailure("the " + node.info().name() + " runtime cannot run a container as "
                    + (another ? "user " + user : "group " + group));
        }
        if (!ofPod.supplementalGroups().isEmpty() && !node.can(Ability.USERS)) {
            throw new ConfigFailure("the " + node.info().name() + " runtime cannot give a container the groups "
                    + ofPod.supplementalGroups());
        }
        if (user == null && group != null && isNumber(imageUser)) {
            user = Long.valueOf(imageUser);
        }
        List<Long> groups = new ArrayList<>(ofPod.supplementalGroups());
        if (ofPod.fsGroup() != null) {
            groups.add(ofPod.fsGroup());
        }
        Capabilities capabilities = own.capabilities() == null ? Capabilities.EMPTY : own.capabilities();
        SeccompProfile seccomp = own.seccompProfile() != null ? own.seccompProfile() : ofPod.seccompProfile();
        return new Security(
                user,
                group,
                groups,
                privileged,
                Boolean.TRUE.equals(own.readOnlyRootFilesystem()),
                !Boolean.FALSE.equals(own.allowPrivilegeEscalation()),
                capabilities.add(),
                capabilities.drop(),
                seccomp == null ? "" : profile(seccomp),
                armor(own.appArmorProfile() != null ? own.appArmorProfile() : ofPod.appArmorProfile()));
    }

    private static String armor(@Nullable AppArmorProfile profile) {
        if (profile == null) {
            return "";
        }
        return switch (profile.type()) {
            case "Unconfined" -> "unconfined";
            case "Localhost" -> profile.localhostProfile() == null ? "" : profile.localhostProfile();
            default -> "";
        };
    }

    private static void verifyNonRoot(Pod pod, Container container, @Nullable Long user, String imageUser) {
        String who = " (pod: \"" + pod.metadata().name() + "_" + pod.metadata().namespace() + "("
                + pod.metadata().uid() + ")\", container: " + container.name() + ")";
        String name = imageUser.split(":", 2)[0];
        if (user != null) {
            if (user == 0) {
                throw new ConfigFailure("container's runAsUser breaks non-root policy" + who);
            }
        } else if (name.isEmpty() || isNumber(name) && Long.parseLong(name) == 0) {
            throw new ConfigFailure("container has runAsNonRoot and image will run as root" + who);
        } else if (!isNumber(name)) {
            throw new ConfigFailure("container has runAsNonRoot and image has non-numeric user (" + name
                    + "), cannot verify user is non-root" + who);
        }
    }

    /** A profile of the node lies under {@code seccomp} in the agent's directory. */
    private String profile(SeccompProfile profile) throws IOException {
        if (!profile.type().equals("Localhost")) {
            return profile.type();
        }
        String name = profile.localhostProfile() == null ? "" : profile.localhostProfile();
        Path root = node.config().directory().toAbsolutePath().resolve("seccomp");
        Path file = root.resolve(name).normalize();
        if (name.isEmpty() || !file.startsWith(root) || !Files.isRegularFile(file)) {
            throw new ConfigFailure("cannot load seccomp profile \"" + name + "\": no such file under " + root);
        }
        return Files.readString(file);
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,18}");
    }

    private static @Nullable Long orElse(@Nullable Long own, @Nullable Long ofPod) {
        return own != null ? own : ofPod;
    }
}
