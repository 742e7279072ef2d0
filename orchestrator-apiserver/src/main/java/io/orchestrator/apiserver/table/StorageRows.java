package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.storage.StorageClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints volumes, claims and the classes that make volumes. */
final class StorageRows {
    private static final String UNSET = "<unset>";
    private static final List<String> DEFAULT_CLASS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    /** The access modes from the narrowest to the widest, and how they are written where room is short. */
    private static final List<Map.Entry<String, String>> MODES = List.of(
            Map.entry("ReadWriteOnce", "RWO"),
            Map.entry("ReadOnlyMany", "ROX"),
            Map.entry("ReadWriteMany", "RWX"),
            Map.entry("ReadWriteOncePod", "RWOP"));

    private static final Column MODE = Column.text("VolumeMode", "Whether it is a file system or a raw device")
            .wide();

    private StorageRows() {}

    static RowPrinter<PersistentVolume> volumes() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.text("Capacity", "How much it holds"),
                        Column.text("Access Modes", "How it can be mounted"),
                        Column.text("Reclaim Policy", "What becomes of it when its claim is gone"),
                        Column.text("Status", "Whether it is free, bound, released or failed"),
                        Column.text("Claim", "The claim that it is bound to"),
                        Column.text("StorageClass", "The class that it belongs to"),
                        Column.text("VolumeAttributesClass", "The class that tunes it"),
                        Column.text("Reason", "Why it is in this state, in one word"),
                        Column.age(),
                        MODE),
                StorageRows::volume);
    }

    private static List<Object> volume(PersistentVolume volume, Instant now) {
        PersistentVolumeSpec spec = volume.spec();
        ObjectReference claim = spec.claimRef();
        return List.of(
                volume.metadata().name(),
                quantity(spec.capacity()),
                modes(spec.accessModes()),
                spec.persistentVolumeReclaimPolicy(),
                phase(volume.metadata(), volume.status().phase()),
                claim == null ? "" : claim.namespace() + "/" + claim.name(),
                spec.storageClassName(),
                or(spec.volumeAttributesClassName()),
                volume.status().reason(),
                Age.of(volume, now),
                or(spec.volumeMode()));
    }

    static RowPrinter<PersistentVolumeClaim> claims() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Status", "Whether it waits, is bound, or has lost its volume"),
                        Column.text("Volume", "The volume that it is bound to"),
                        Column.text("Capacity", "How much the volume holds"),
                        Column.text("Access Modes", "How the volume can be mounted"),
                        Column.text("StorageClass", "The class that makes the volume"),
                        Column.text("VolumeAttributesClass", "The class that tunes the volume"),
                        Column.age(),
                        MODE),
                StorageRows::claim);
    }

    private static List<Object> claim(PersistentVolumeClaim claim, Instant now) {
        boolean bound = !claim.spec().volumeName().isEmpty();
        String storage = claim.spec().storageClassName();
        return List.of(
                claim.metadata().name(),
                phase(claim.metadata(), claim.status().phase()),
                claim.spec().volumeName(),
                bound ? quantity(claim.status().capacity()) : "",
                bound ? modes(claim.status().accessModes()) : "",
                storage == null ? "" : storage,
                or(claim.spec().volumeAttributesClassName()),
                Age.of(claim, now),
                or(claim.spec().volumeMode()));
    }

    private static String phase(ObjectMeta metadata, String phase) {
        return metadata.deletionTimestamp() == null ? phase : "Terminating";
    }

    private static String quantity(Map<String, Quantity> resources) {
        Quantity storage = resources.get("storage");
        return storage == null ? "" : storage.toString();
    }

    private static String modes(List<String> modes) {
        return MODES.stream()
                .filter(mode -> modes.contains(mode.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
    }

    private static String or(@Nullable String text) {
        return text == null ? UNSET : text;
    }

    static RowPrinter<StorageClass> classes() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.text("Provisioner", "Who makes the volumes"),
                        Column.text("ReclaimPolicy", "What becomes of a volume whose claim is gone"),
                        Column.text("VolumeBindingMode", "Whether a volume is made at once or when a pod needs it"),
                        new Column("AllowVolumeExpansion", "boolean", "", "Whether volumes may grow", 0),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name() + (isDefault(object) ? " (default)" : ""),
                        object.provisioner(),
                        object.reclaimPolicy() == null ? "Delete" : object.reclaimPolicy(),
                        or(object.volumeBindingMode()),
                        Boolean.TRUE.equals(object.allowVolumeExpansion()),
                        Age.of(object, now)));
    }

    private static boolean isDefault(StorageClass storage) {
        return DEFAULT_CLASS.stream()
                .anyMatch(name -> "true".equals(storage.metadata().annotations().get(name)));
    }
}
