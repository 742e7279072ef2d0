package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeReclaimPolicy;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.core.VolumeNodeAffinity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.VolumeBindingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What must hold of volumes and of the classes that make them. */
public final class StorageValidation {
    private static final Path SPEC = Path.of("spec");
    private static final int MAX_PARAMETERS = 512;

    private StorageValidation() {}

    public static void volume(PersistentVolume volume, Violations violations) {
        PersistentVolumeSpec spec = volume.spec();
        if (spec.accessModes().isEmpty()) {
            violations.required(SPEC.child("accessModes"));
        }
        ClaimValidation.accessModes(spec.accessModes(), SPEC.child("accessModes"), violations);
        capacity(spec.capacity(), violations);
        violations.oneOf(
                SPEC.child("persistentVolumeReclaimPolicy"),
                spec.persistentVolumeReclaimPolicy(),
                List.of(
                        PersistentVolumeReclaimPolicy.DELETE,
                        PersistentVolumeReclaimPolicy.RECYCLE,
                        PersistentVolumeReclaimPolicy.RETAIN));
        source(spec, violations);
        affinity(spec, violations);
        ClaimValidation.className(SPEC.child("storageClassName"), spec.storageClassName(), violations);
        ClaimValidation.volumeMode(SPEC.child("volumeMode"), spec.volumeMode(), violations);
    }

    private static void capacity(Map<String, Quantity> capacity, Violations violations) {
        Path field = SPEC.child("capacity");
        if (capacity.isEmpty()) {
            violations.required(field);
        } else if (!capacity.keySet().equals(java.util.Set.of("storage"))) {
            violations.notSupported(field, capacity.keySet().toString(), List.of("storage"));
        }
        capacity.forEach((resource, quantity) -> {
            if (quantity.signum() <= 0) {
                violations.invalid(field.key(resource), quantity, "must be greater than zero");
            }
        });
    }

    private static void source(PersistentVolumeSpec spec, Violations violations) {
        long sources = sources(spec).filter(Objects::nonNull).count();
        if (sources == 0) {
            violations.required(SPEC, "must specify a volume type");
        } else if (sources > 1) {
            violations.forbidden(SPEC, "may not specify more than 1 volume type");
        }
        if (spec.hostPath() != null) {
            Path path = SPEC.child("hostPath").child("path");
            if (spec.hostPath().path().isEmpty()) {
                violations.required(path);
            } else {
                Check.noBacksteps(path, spec.hostPath().path(), violations);
            }
            boolean root = spec.hostPath().path().equals("/");
            if (root && PersistentVolumeReclaimPolicy.RECYCLE.equals(spec.persistentVolumeReclaimPolicy())) {
                violations.forbidden(
                        SPEC.child("persistentVolumeReclaimPolicy"),
                        "may not be 'recycle' for a hostPath mount of '/'");
            }
        }
        if (spec.nfs() != null) {
            required(SPEC.child("nfs").child("server"), spec.nfs().server(), violations);
            required(SPEC.child("nfs").child("path"), spec.nfs().path(), violations);
        }
        if (spec.local() != null) {
            required(SPEC.child("local").child("path"), spec.local().path(), violations);
        }
        if (spec.csi() != null) {
            required(SPEC.child("csi").child("driver"), spec.csi().driver(), violations);
            required(SPEC.child("csi").child("volumeHandle"), spec.csi().volumeHandle(), violations);
        }
    }

    private static void affinity(PersistentVolumeSpec spec, Violations violations) {
        Path field = SPEC.child("nodeAffinity");
        VolumeNodeAffinity affinity = spec.nodeAffinity();
        if (affinity == null) {
            if (spec.local() != null) {
                violations.required(field, "Local volume requires node affinity");
            }
        } else if (affinity.required() == null) {
            violations.required(field.child("required"), "must specify required node constraints");
        } else {
            SchedulingValidation.required(affinity.required(), field.child("required"), violations);
        }
    }

    private static Stream<Object> sources(PersistentVolumeSpec spec) {
        return Stream.of(
                spec.gcePersistentDisk(),
                spec.awsElasticBlockStore(),
                spec.hostPath(),
                spec.glusterfs(),
                spec.nfs(),
                spec.rbd(),
                spec.iscsi(),
                spec.cinder(),
                spec.cephfs(),
                spec.fc(),
                spec.flocker(),
                spec.flexVolume(),
                spec.azureFile(),
                spec.vsphereVolume(),
                spec.quobyte(),
                spec.azureDisk(),
                spec.photonPersistentDisk(),
                spec.portworxVolume(),
                spec.scaleIO(),
                spec.local(),
                spec.storageos(),
                spec.csi());
    }

    public static void volumeUpdate(PersistentVolume wanted, PersistentVolume current, Violations violations) {
        boolean same = sources(wanted.spec())
                .map(Objects::toString)
                .toList()
                .equals(sources(current.spec()).map(Objects::toString).toList());
        if (!same) {
            violations.forbidden(
                    SPEC.child("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation");
        }
        Check.immutable(
                SPEC.child("volumeMode"),
                wanted.spec().volumeMode(),
                current.spec().volumeMode(),
                violations);
        if (current.spec().nodeAffinity() != null) {
            Check.immutable(
                    SPEC.child("nodeAffinity"),
                    wanted.spec().nodeAffinity(),
                    current.spec().nodeAffinity(),
                    violations);
        }
    }

    public static void storageClass(StorageClass storage, Violations violations) {
        Path provisioner = Path.of("provisioner");
        if (storage.provisioner().isEmpty()) {
            violations.required(provisioner);
        } else {
            String name = storage.provisioner().toLowerCase(java.util.Locale.ROOT);
            violations.invalid(provisioner, storage.provisioner(), Names.qualifiedName(name));
        }
        Path parameters = Path.of("parameters");
        if (storage.parameters().size() > MAX_PARAMETERS) {
            violations.tooLong(parameters, MAX_PARAMETERS);
        }
        if (storage.parameters().containsKey("")) {
            violations.invalid(parameters, "", "field can not be empty.");
        }
        if (storage.reclaimPolicy() != null) {
            violations.oneOf(
                    Path.of("reclaimPolicy"),
                    storage.reclaimPolicy(),
                    List.of(PersistentVolumeReclaimPolicy.DELETE, PersistentVolumeReclaimPolicy.RETAIN));
        }
        if (storage.volumeBindingMode() != null) {
            violations.oneOf(
                    Path.of("volumeBindingMode"),
                    storage.volumeBindingMode(),
                    List.of(VolumeBindingMode.IMMEDIATE, VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER));
        }
    }

    public static void storageClassUpdate(StorageClass wanted, StorageClass current, Violations violations) {
        fixed("parameters", wanted.parameters(), current.parameters(), violations);
        fixed("provisioner", wanted.provisioner(), current.provisioner(), violations);
        fixed("reclaimPolicy", wanted.reclaimPolicy(), current.reclaimPolicy(), violations);
        Check.immutable(
                Path.of("volumeBindingMode"), wanted.volumeBindingMode(), current.volumeBindingMode(), violations);
    }

    private static void fixed(
            String field,
            @org.jspecify.annotations.Nullable Object wanted,
            @org.jspecify.annotations.Nullable Object current,
            Violations violations) {
        if (!Objects.equals(wanted, current)) {
            violations.forbidden(Path.of(field), "updates to " + field + " are forbidden.");
        }
    }

    static void required(Path field, String value, Violations violations) {
        if (value.isEmpty()) {
            violations.required(field);
        }
    }
}
