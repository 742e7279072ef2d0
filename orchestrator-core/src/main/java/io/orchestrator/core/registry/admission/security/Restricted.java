package io.orchestrator.core.registry.admission.security;

import io.orchestrator.api.model.core.Capabilities;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.SeccompProfile;
import io.orchestrator.api.model.core.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod must do to give up what it does not need. Pure functions, one for each rule of the standard. */
final class Restricted {
    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> ADDABLE = Set.of("NET_BIND_SERVICE");

    private Restricted() {}

    static List<Function<Contents, Optional<Finding>>> all() {
        return List.of(
                Restricted::escalation,
                Restricted::capabilities,
                Restricted::volumes,
                Restricted::nonRoot,
                Restricted::user,
                Restricted::seccomp);
    }

    private static Optional<Finding> escalation(Contents pod) {
        return Finding.at(
                "allowPrivilegeEscalation != false",
                pod.containers(part -> !Boolean.FALSE.equals(part.security().allowPrivilegeEscalation())),
                " must set securityContext.allowPrivilegeEscalation=false");
    }

    private static Optional<Finding> capabilities(Contents pod) {
        List<String> details = new ArrayList<>();
        String keep = pod.containers(part -> {
            Capabilities own = part.security().capabilities();
            return own == null || !own.drop().contains("ALL");
        });
        if (!keep.isEmpty()) {
            details.add(keep + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        Baseline.added(pod, ADDABLE).ifPresent(details::add);
        return Finding.of("unrestricted capabilities", details);
    }

    private static Optional<Finding> volumes(Contents pod) {
        List<Volume> bad = pod.spec().volumes().stream()
                .filter(volume -> !isAllowed(volume))
                .toList();
        List<String> kinds =
                bad.stream().map(Restricted::kind).distinct().sorted().toList();
        String names = Contents.named("volume", bad.stream().map(Volume::name).toList());
        return Finding.at(
                "restricted volume types",
                names,
                (bad.size() == 1 ? " uses" : " use") + " restricted volume type" + (kinds.size() == 1 ? " " : "s ")
                        + Contents.quoted(kinds));
    }

    private static boolean isAllowed(Volume volume) {
        boolean named = Stream.of(
                        volume.configMap(),
                        volume.csi(),
                        volume.downwardAPI(),
                        volume.emptyDir(),
                        volume.ephemeral(),
                        volume.persistentVolumeClaim(),
                        volume.projected(),
                        volume.secret())
                .anyMatch(Objects::nonNull);
        return named || kind(volume).isEmpty();
    }

    /** The source that it has, of those that are not allowed; empty for a volume without one, which is an emptyDir. */
    private static String kind(Volume volume) {
        if (volume.hostPath() != null) {
            return "hostPath";
        }
        if (volume.nfs() != null) {
            return "nfs";
        }
        if (volume.iscsi() != null) {
            return "iscsi";
        }
        if (volume.image() != null) {
            return "image";
        }
        boolean other = Stream.of(
                        volume.gcePersistentDisk(),
                        volume.awsElasticBlockStore(),
                        volume.gitRepo(),
                        volume.glusterfs(),
                        volume.rbd(),
                        volume.flexVolume(),
                        volume.cinder(),
                        volume.cephfs(),
                        volume.flocker(),
                        volume.fc(),
                        volume.azureFile(),
                        volume.vsphereVolume(),
                        volume.quobyte(),
                        volume.azureDisk(),
                        volume.photonPersistentDisk(),
                        volume.portworxVolume(),
                        volume.scaleIO(),
                        volume.storageos())
                .anyMatch(Objects::nonNull);
        return other ? "unknown" : "";
    }

    private static Optional<Finding> nonRoot(Contents pod) {
        PodSecurityContext ofPod = Baseline.security(pod);
        List<String> details = new ArrayList<>();
        if (Boolean.FALSE.equals(ofPod.runAsNonRoot())) {
            details.add("pod must not set securityContext.runAsNonRoot=false");
        }
        String explicit =
                pod.containers(part -> Boolean.FALSE.equals(part.security().runAsNonRoot()));
        if (!explicit.isEmpty()) {
            details.add(explicit + " must not set securityContext.runAsNonRoot=false");
        }
        if (details.isEmpty() && !Boolean.TRUE.equals(ofPod.runAsNonRoot())) {
            String silent = pod.containers(part -> part.security().runAsNonRoot() == null);
            if (!silent.isEmpty()) {
                details.add("pod or " + silent + " must set securityContext.runAsNonRoot=true");
            }
        }
        return Finding.of("runAsNonRoot != true", details);
    }

    private static Optional<Finding> user(Contents pod) {
        List<String> details = new ArrayList<>();
        if (isRoot(Baseline.security(pod).runAsUser())) {
            details.add("pod must not set runAsUser=0");
        }
        String bad = pod.containers(part -> isRoot(part.security().runAsUser()));
        if (!bad.isEmpty()) {
            details.add(bad + " must not set runAsUser=0");
        }
        return Finding.of("runAsUser=0", details);
    }

    private static boolean isRoot(@Nullable Long user) {
        return user != null && user == 0;
    }

    private static Optional<Finding> seccomp(Contents pod) {
        SeccompProfile ofPod = Baseline.security(pod).seccompProfile();
        List<String> details = new ArrayList<>();
        if (ofPod != null && !SECCOMP.contains(ofPod.type())) {
            details.add("pod must not set securityContext.seccompProfile.type to \"" + ofPod.type() + "\"");
        }
        String explicit = pod.containers(part -> isForbidden(part.security().seccompProfile()));
        if (!explicit.isEmpty()) {
            details.add(explicit + " must not set securityContext.seccompProfile.type to \"Unconfined\"");
        }
        if (details.isEmpty() && ofPod == null) {
            String silent = pod.containers(part -> part.security().seccompProfile() == null);
            if (!silent.isEmpty()) {
                details.add("pod or " + silent
                        + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
            }
        }
        return Finding.of("seccompProfile", details);
    }

    private static boolean isForbidden(@Nullable SeccompProfile profile) {
        return profile != null && !SECCOMP.contains(profile.type());
    }
}
