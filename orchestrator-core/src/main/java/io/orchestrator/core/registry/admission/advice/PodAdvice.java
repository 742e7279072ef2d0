package io.orchestrator.core.registry.admission.advice;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.NodeAffinity;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.WeightedPodAffinityTerm;
import io.orchestrator.core.registry.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What there is to say of pods and of what they are made from. Pure functions. */
final class PodAdvice {
    private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final Map<String, String> DEAD_ANNOTATIONS = Map.of(
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "security.alpha.kubernetes.io/sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead");

    private static final List<OldVolume> OLD_VOLUMES = List.of(
            new OldVolume("photonPersistentDisk", Volume::photonPersistentDisk, "v1.11, non-functional in v1.16+"),
            new OldVolume("gitRepo", Volume::gitRepo, "v1.11"),
            new OldVolume("scaleIO", Volume::scaleIO, "v1.16, non-functional in v1.22+"),
            new OldVolume("flocker", Volume::flocker, "v1.22, non-functional in v1.25+"),
            new OldVolume("storageos", Volume::storageos, "v1.22, non-functional in v1.25+"),
            new OldVolume("quobyte", Volume::quobyte, "v1.22, non-functional in v1.25+"),
            new OldVolume("glusterfs", Volume::glusterfs, "v1.25, non-functional in v1.26+"),
            new OldVolume("cephfs", Volume::cephfs, "v1.28, non-functional in v1.31+"),
            new OldVolume("rbd", Volume::rbd, "v1.28, non-functional in v1.31+"));

    private record OldVolume(String field, Function<Volume, @Nullable Object> source, String since) {}

    private PodAdvice() {}

    /** @param path of the spec */
    static void spec(PodSpec spec, Path path, List<String> found) {
        nodes(spec, path, found);
        for (int i = 0; i < spec.volumes().size(); i++) {
            volume(spec.volumes().get(i), path.child("volumes").index(i), found);
        }
        repeated(spec.hostAliases(), alias -> alias.ip(), "ip", path.child("hostAliases"), found);
        repeated(spec.imagePullSecrets(), secret -> secret.name(), "name", path.child("imagePullSecrets"), found);
        ContainerAdvice.amounts(spec.overhead(), path.child("overhead"), found);
        ContainerAdvice containers = new ContainerAdvice(found);
        containers.all(spec.initContainers(), path.child("initContainers"));
        containers.all(spec.containers(), path.child("containers"));
        Long grace = spec.terminationGracePeriodSeconds();
        if (grace != null && grace < 0) {
            found.add(path.child("terminationGracePeriodSeconds")
                    + ": must be >= 0; negative values are invalid and will be treated as 1");
        }
    }

    private static void nodes(PodSpec spec, Path path, List<String> found) {
        for (String label : spec.nodeSelector().keySet()) {
            String advice = NodeLabels.advice(label);
            if (!advice.isEmpty()) {
                found.add(path.child("nodeSelector").key(label) + ": " + advice);
            }
        }
        for (int i = 0; i < spec.topologySpreadConstraints().size(); i++) {
            TopologySpreadConstraint spread = spec.topologySpreadConstraints().get(i);
            Path at = path.child("topologySpreadConstraints").index(i);
            NodeLabels.is(spread.topologyKey(), at.child("topologyKey"), found);
            selector(spread.labelSelector(), at, found);
        }
        Affinity affinity = spec.affinity();
        if (affinity != null) {
            affinity(affinity, path.child("affinity"), found);
        }
    }

    private static void affinity(Affinity affinity, Path path, List<String> found) {
        NodeAffinity nodes = affinity.nodeAffinity();
        if (nodes != null) {
            Path at = path.child("nodeAffinity");
            var required = nodes.requiredDuringSchedulingIgnoredDuringExecution();
            for (int i = 0; required != null && i < required.nodeSelectorTerms().size(); i++) {
                Path term = at.child("requiredDuringSchedulingIgnoredDuringExecution")
                        .child("nodeSelectorTerms")
                        .index(i);
                NodeLabels.term(required.nodeSelectorTerms().get(i), term, found);
            }
            var preferred = nodes.preferredDuringSchedulingIgnoredDuringExecution();
            for (int i = 0; i < preferred.size(); i++) {
                Path term = at.child("preferredDuringSchedulingIgnoredDuringExecution")
                        .index(i)
                        .child("preference");
                NodeLabels.term(preferred.get(i).preference(), term, found);
            }
        }
        var near = affinity.podAffinity();
        if (near != null) {
            terms(
                    near.requiredDuringSchedulingIgnoredDuringExecution(),
                    near.preferredDuringSchedulingIgnoredDuringExecution(),
                    path.child("podAffinity"),
                    found);
        }
        var apart = affinity.podAntiAffinity();
        if (apart != null) {
            terms(
                    apart.requiredDuringSchedulingIgnoredDuringExecution(),
                    apart.preferredDuringSchedulingIgnoredDuringExecution(),
                    path.child("podAntiAffinity"),
                    found);
        }
    }

    private static void terms(
            List<PodAffinityTerm> required, List<WeightedPodAffinityTerm> preferred, Path path, List<String> found) {
        Path first = path.child("requiredDuringSchedulingIgnoredDuringExecution");
        for (int i = 0; i < required.size(); i++) {
            selector(required.get(i).labelSelector(), first.index(i), found);
        }
        Path then = path.child("preferredDuringSchedulingIgnoredDuringExecution");
        for (int i = 0; i < preferred.size(); i++) {
            selector(
                    preferred.get(i).podAffinityTerm().labelSelector(),
                    then.index(i).child("podAffinityTerm"),
                    found);
        }
    }

    private static void selector(@Nullable LabelSelector selector, Path path, List<String> found) {
        if (selector == null) {
            found.add(path.child("labelSelector") + ": a null labelSelector results in matching no pod");
        }
    }

    private static void volume(Volume volume, Path path, List<String> found) {
        for (OldVolume old : OLD_VOLUMES) {
            if (old.source().apply(volume) != null) {
                found.add(path.child(old.field()) + ": deprecated in " + old.since());
            }
        }
    }

    private static <E> void repeated(
            List<E> items, Function<E, String> key, String field, Path path, List<String> found) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String value = key.apply(items.get(i));
            if (!seen.add(value)) {
                found.add(path.index(i).child(field) + ": duplicate " + field + " \"" + value + "\"");
            } else if (value.isEmpty() && field.equals("name")) {
                found.add(path.index(i).child(field) + ": invalid empty name \"\"");
            }
        }
    }

    /** @param path of the metadata */
    static void annotations(ObjectMeta metadata, PodSpec spec, Path path, List<String> found) {
        Map<String, String> annotations = metadata.annotations();
        if (annotations.isEmpty()) {
            return;
        }
        Path at = path.child("annotations");
        DEAD_ANNOTATIONS.forEach((name, advice) -> {
            if (annotations.containsKey(name)) {
                found.add(at.key(name) + ": " + advice);
            }
        });
        var ofPod = spec.securityContext();
        if (annotations.containsKey(SECCOMP) && (ofPod == null || ofPod.seccompProfile() == null)) {
            found.add(at.key(SECCOMP) + ": non-functional in v1.27+; use the \"seccompProfile\" field instead");
        }
        boolean armored = ofPod != null && ofPod.appArmorProfile() != null;
        for (Container container : spec.containers()) {
            var own = container.securityContext();
            String seccomp = SECCOMP_OF_CONTAINER + container.name();
            if (annotations.containsKey(seccomp) && (own == null || own.seccompProfile() == null)) {
                found.add(at.key(seccomp) + ": non-functional in v1.27+; use the \"seccompProfile\" field instead");
            }
            String armor = APP_ARMOR + container.name();
            if (annotations.containsKey(armor) && !armored && (own == null || own.appArmorProfile() == null)) {
                found.add(at.key(armor) + ": deprecated since v1.30; use the \"appArmorProfile\" field instead");
            }
        }
    }
}
