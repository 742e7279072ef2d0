package io.orchestrator.core.control.volume;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.storage.StorageClass;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What claims and volumes say of themselves. Pure. */
final class Volumes {
    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
    static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
    static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";

    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String STORAGE = "storage";

    private Volumes() {}

    /** The class by name; empty for none. */
    static String classOf(PersistentVolumeClaim claim) {
        String annotated = claim.metadata().annotations().get(CLASS);
        return annotated != null
                ? annotated
                : Objects.requireNonNullElse(claim.spec().storageClassName(), "");
    }

    static String classOf(PersistentVolume volume) {
        return volume.metadata().annotations().getOrDefault(CLASS, volume.spec().storageClassName());
    }

    /** Whether the claim leaves the class to the cluster. */
    static boolean isWithoutClass(PersistentVolumeClaim claim) {
        return claim.spec().storageClassName() == null
                && !claim.metadata().annotations().containsKey(CLASS);
    }

    /** The newest of those that are marked as such. */
    static Optional<StorageClass> defaultOf(Collection<StorageClass> classes) {
        return classes.stream()
                .filter(each -> "true".equals(each.metadata().annotations().get(DEFAULT_CLASS)))
                .max(Comparator.comparing((StorageClass each) ->
                                Objects.requireNonNullElse(each.metadata().creationTimestamp(), Time.of(Instant.EPOCH)))
                        .thenComparing(each -> each.metadata().name(), Comparator.reverseOrder()));
    }

    static Quantity wanted(PersistentVolumeClaim claim) {
        return claim.spec().resources().requests().getOrDefault(STORAGE, Quantity.ZERO);
    }

    static Quantity capacity(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault(STORAGE, Quantity.ZERO);
    }

    static Map<String, Quantity> capacity(Quantity quantity) {
        return Map.of(STORAGE, quantity);
    }

    static boolean isMarked(Resource object, String annotation) {
        return object.metadata().annotations().containsKey(annotation);
    }

    /** The metadata with these annotations added. */
    static ObjectMeta marked(ObjectMeta metadata, String... annotations) {
        Map<String, String> marked = new LinkedHashMap<>(metadata.annotations());
        for (String annotation : annotations) {
            marked.put(annotation, "yes");
        }
        return metadata.withAnnotations(marked);
    }

    /** Whether the volume names this claim; one that was bound by hand may not know its uid. */
    static boolean isFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference reference = volume.spec().claimRef();
        return reference != null
                && reference.name().equals(claim.metadata().name())
                && reference.namespace().equals(claim.metadata().namespace())
                && (reference.uid().isEmpty()
                        || reference.uid().equals(claim.metadata().uid()));
    }

    static ObjectReference referenceTo(PersistentVolumeClaim claim) {
        return ObjectReferenceBuilder.builder()
                .apiVersion("v1")
                .kind(PersistentVolumeClaim.TYPE.kind())
                .namespace(claim.metadata().namespace())
                .name(claim.metadata().name())
                .uid(claim.metadata().uid())
                .build();
    }
}
