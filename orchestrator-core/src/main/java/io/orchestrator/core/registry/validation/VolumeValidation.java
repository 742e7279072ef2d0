package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.ConfigMapVolumeSource;
import io.orchestrator.api.model.core.DownwardAPIVolumeFile;
import io.orchestrator.api.model.core.EmptyDirVolumeSource;
import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.KeyToPath;
import io.orchestrator.api.model.core.PersistentVolumeClaimVolumeSource;
import io.orchestrator.api.model.core.ProjectedVolumeSource;
import io.orchestrator.api.model.core.SecretVolumeSource;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of volumes. */
final class VolumeValidation {
    private static final Set<String> HOST_PATH_TYPES = new TreeSet<>(List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"));

    private VolumeValidation() {}

    /** Returns the names of the volumes, for mounts. */
    static Set<String> all(List<Volume> volumes, Path field, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            Path at = field.index(i);
            if (volume.name().isEmpty()) {
                violations.required(at.child("name"));
            } else {
                violations.invalid(at.child("name"), volume.name(), Names.dnsLabel(volume.name()));
                if (!names.add(volume.name())) {
                    violations.duplicate(at.child("name"), volume.name());
                }
            }
            long sources = sources(volume);
            if (sources == 0) {
                violations.required(at, "must specify a volume type");
            } else if (sources > 1) {
                violations.forbidden(at, "may not specify more than 1 volume type");
            }
            source(volume, at, violations);
        }
        return names;
    }

    private static long sources(Volume volume) {
        return Stream.of(
                        volume.hostPath(),
                        volume.emptyDir(),
                        volume.gcePersistentDisk(),
                        volume.awsElasticBlockStore(),
                        volume.gitRepo(),
                        volume.secret(),
                        volume.nfs(),
                        volume.iscsi(),
                        volume.glusterfs(),
                        volume.persistentVolumeClaim(),
                        volume.rbd(),
                        volume.flexVolume(),
                        volume.cinder(),
                        volume.cephfs(),
                        volume.flocker(),
                        volume.downwardAPI(),
                        volume.fc(),
                        volume.azureFile(),
                        volume.configMap(),
                        volume.vsphereVolume(),
                        volume.quobyte(),
                        volume.azureDisk(),
                        volume.photonPersistentDisk(),
                        volume.projected(),
                        volume.portworxVolume(),
                        volume.scaleIO(),
                        volume.storageos(),
                        volume.csi(),
                        volume.ephemeral(),
                        volume.image())
                .filter(Objects::nonNull)
                .count();
    }

    /** Looks into the sources that a cluster of ours can mount. */
    private static void source(Volume volume, Path at, Violations violations) {
        HostPathVolumeSource host = volume.hostPath();
        if (host != null) {
            Path field = at.child("hostPath");
            if (host.path().isEmpty()) {
                violations.required(field.child("path"));
            } else {
                Check.noBacksteps(field.child("path"), host.path(), violations);
            }
            if (host.type() != null) {
                violations.oneOf(field.child("type"), host.type(), HOST_PATH_TYPES);
            }
        }
        EmptyDirVolumeSource empty = volume.emptyDir();
        if (empty != null && empty.sizeLimit() != null && empty.sizeLimit().signum() < 0) {
            violations.forbidden(
                    at.child("emptyDir").child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
        SecretVolumeSource secret = volume.secret();
        if (secret != null) {
            Path field = at.child("secret");
            requireName(field.child("secretName"), secret.secretName(), violations);
            files(secret.items(), secret.defaultMode(), field, violations);
        }
        ConfigMapVolumeSource map = volume.configMap();
        if (map != null) {
            Path field = at.child("configMap");
            requireName(field.child("name"), map.name(), violations);
            files(map.items(), map.defaultMode(), field, violations);
        }
        PersistentVolumeClaimVolumeSource claim = volume.persistentVolumeClaim();
        if (claim != null) {
            requireName(at.child("persistentVolumeClaim").child("claimName"), claim.claimName(), violations);
        }
        if (volume.downwardAPI() != null) {
            Path field = at.child("downwardAPI");
            Check.mode(field.child("defaultMode"), volume.downwardAPI().defaultMode(), violations);
            downward(volume.downwardAPI().items(), field, violations);
        }
        if (volume.projected() != null) {
            projected(volume.projected(), at.child("projected"), violations);
        }
    }

    private static void projected(ProjectedVolumeSource source, Path field, Violations violations) {
        Check.mode(field.child("defaultMode"), source.defaultMode(), violations);
        for (int i = 0; i < source.sources().size(); i++) {
            VolumeProjection projection = source.sources().get(i);
            Path at = field.child("sources").index(i);
            if (projection.secret() != null) {
                requireName(
                        at.child("secret").child("name"), projection.secret().name(), violations);
                files(projection.secret().items(), null, at.child("secret"), violations);
            }
            if (projection.configMap() != null) {
                requireName(
                        at.child("configMap").child("name"),
                        projection.configMap().name(),
                        violations);
                files(projection.configMap().items(), null, at.child("configMap"), violations);
            }
            if (projection.downwardAPI() != null) {
                downward(projection.downwardAPI().items(), at.child("downwardAPI"), violations);
            }
            if (projection.serviceAccountToken() != null) {
                filePath(
                        at.child("serviceAccountToken").child("path"),
                        projection.serviceAccountToken().path(),
                        violations);
            }
        }
    }

    private static void downward(List<DownwardAPIVolumeFile> files, Path field, Violations violations) {
        for (int i = 0; i < files.size(); i++) {
            DownwardAPIVolumeFile file = files.get(i);
            Path at = field.child("items").index(i);
            filePath(at.child("path"), file.path(), violations);
            Check.mode(at.child("mode"), file.mode(), violations);
            if ((file.fieldRef() == null) == (file.resourceFieldRef() == null)) {
                violations.required(at, "one of fieldRef and resourceFieldRef is required");
            }
        }
    }

    private static void files(List<KeyToPath> items, @Nullable Integer mode, Path field, Violations violations) {
        Check.mode(field.child("defaultMode"), mode, violations);
        for (int i = 0; i < items.size(); i++) {
            KeyToPath item = items.get(i);
            Path at = field.child("items").index(i);
            if (item.key().isEmpty()) {
                violations.required(at.child("key"));
            }
            filePath(at.child("path"), item.path(), violations);
            Check.mode(at.child("mode"), item.mode(), violations);
        }
    }

    private static void filePath(Path field, String path, Violations violations) {
        if (path.isEmpty()) {
            violations.required(field);
        } else {
            Check.relativePath(field, path, violations);
            if (path.startsWith("..") && !path.equals("..") && !path.startsWith("../")) {
                violations.invalid(field, path, "must not start with '..'");
            }
        }
    }

    private static void requireName(Path field, String name, Violations violations) {
        if (name.isEmpty()) {
            violations.required(field);
        }
    }
}
