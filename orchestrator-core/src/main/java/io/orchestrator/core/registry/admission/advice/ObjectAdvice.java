package io.orchestrator.core.registry.admission.advice;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpec;
import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.core.registry.validation.Path;
import java.util.List;

/** What there is to say of objects that make no pods. Pure functions. */
final class ObjectAdvice {
    private static final String INGRESS_CLASS = "kubernetes.io/ingress.class";
    private static final String TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String STORAGE_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String MOUNT_OPTIONS = "volume.beta.kubernetes.io/mount-options";

    private ObjectAdvice() {}

    static void ingress(Ingress ingress, List<String> found) {
        if (ingress.metadata().annotations().containsKey(INGRESS_CLASS)
                && ingress.spec().ingressClassName() == null) {
            found.add("annotation \"" + INGRESS_CLASS + "\" is deprecated, please use 'spec.ingressClassName' instead");
        }
    }

    static void service(Service service, List<String> found) {
        ServiceSpec spec = service.spec();
        if (service.metadata().annotations().containsKey(TOPOLOGY_HINTS)) {
            found.add("annotation " + TOPOLOGY_HINTS
                    + " is deprecated, please use service.kubernetes.io/topology-mode instead");
        }
        boolean external = spec.type().equals("ExternalName");
        if (spec.type().equals("ClusterIP") && spec.clusterIP().equals("None")) {
            if (!spec.loadBalancerIP().isEmpty()) {
                found.add("spec.loadBalancerIP is ignored for headless services");
            }
            if (!spec.externalIPs().isEmpty()) {
                found.add("spec.externalIPs is ignored for headless services");
            }
            if (!spec.sessionAffinity().equals("None")) {
                found.add("spec.SessionAffinity is ignored for headless services");
            }
        }
        if (external && !spec.externalIPs().isEmpty()) {
            found.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!external && !spec.externalName().isEmpty()) {
            found.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
    }

    static void volume(PersistentVolume volume, List<String> found) {
        storageClass(volume.metadata(), found);
        if (volume.metadata().annotations().containsKey(MOUNT_OPTIONS)) {
            found.add(annotation(MOUNT_OPTIONS) + ": deprecated since v1.31; use \"mountOptions\" attribute instead");
        }
        if ("Recycle".equals(volume.spec().persistentVolumeReclaimPolicy())) {
            found.add("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                    + " recommended approach is to use dynamic provisioning.");
        }
    }

    static void claim(PersistentVolumeClaim claim, List<String> found) {
        storageClass(claim.metadata(), found);
        Path resources = Path.of("spec").child("resources");
        var wanted = claim.spec().resources();
        if (wanted != null) {
            ContainerAdvice.storage(wanted.requests(), resources.child("requests"), found);
            ContainerAdvice.storage(wanted.limits(), resources.child("limits"), found);
        }
    }

    private static void storageClass(ObjectMeta metadata, List<String> found) {
        if (metadata.annotations().containsKey(STORAGE_CLASS)) {
            found.add(
                    annotation(STORAGE_CLASS) + ": deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
    }

    private static Path annotation(String name) {
        return Path.of("metadata").child("annotations").key(name);
    }
}
