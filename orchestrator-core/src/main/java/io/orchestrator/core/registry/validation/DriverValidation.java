package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSIDriverSpec;
import io.orchestrator.api.model.storage.CSINode;
import io.orchestrator.api.model.storage.CSINodeDriver;
import io.orchestrator.api.model.storage.CSIStorageCapacity;
import io.orchestrator.api.model.storage.FSGroupPolicy;
import io.orchestrator.api.model.storage.VolumeAttachment;
import io.orchestrator.api.model.storage.VolumeLifecycleMode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What must hold of what storage drivers tell and are told. */
public final class DriverValidation {
    private static final Path SPEC = Path.of("spec");
    private static final int DRIVER_LENGTH = 63;

    private DriverValidation() {}

    public static void driver(CSIDriver driver, Violations violations) {
        CSIDriverSpec spec = driver.spec();
        name(Path.of("metadata").child("name"), driver.metadata().name(), violations);
        for (int i = 0; i < spec.volumeLifecycleModes().size(); i++) {
            violations.oneOf(
                    SPEC.child("volumeLifecycleModes").index(i),
                    spec.volumeLifecycleModes().get(i),
                    List.of(VolumeLifecycleMode.EPHEMERAL, VolumeLifecycleMode.PERSISTENT));
        }
        if (spec.fsGroupPolicy() != null) {
            violations.oneOf(
                    SPEC.child("fsGroupPolicy"),
                    spec.fsGroupPolicy(),
                    List.of(FSGroupPolicy.FILE, FSGroupPolicy.NONE, FSGroupPolicy.READ_WRITE_ONCE_WITH_FS_TYPE));
        }
    }

    public static void driverUpdate(CSIDriver wanted, CSIDriver current, Violations violations) {
        Check.immutable(
                SPEC.child("attachRequired"),
                wanted.spec().attachRequired(),
                current.spec().attachRequired(),
                violations);
        Check.immutable(
                SPEC.child("volumeLifecycleModes"),
                wanted.spec().volumeLifecycleModes(),
                current.spec().volumeLifecycleModes(),
                violations);
    }

    private static void name(Path field, String name, Violations violations) {
        if (name.isEmpty()) {
            violations.required(field);
            return;
        }
        if (name.length() > DRIVER_LENGTH) {
            violations.tooLong(field, DRIVER_LENGTH);
        }
        violations.invalid(field, name, Names.dnsSubdomain(name.toLowerCase(Locale.ROOT)));
    }

    public static void driversOfNode(CSINode node, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < node.spec().drivers().size(); i++) {
            CSINodeDriver driver = node.spec().drivers().get(i);
            Path at = SPEC.child("drivers").index(i);
            name(at.child("name"), driver.name(), violations);
            StorageValidation.required(at.child("nodeID"), driver.nodeID(), violations);
            if (!names.add(driver.name())) {
                violations.duplicate(at.child("name"), driver.name());
            }
            Set<String> keys = new HashSet<>();
            for (String key : driver.topologyKeys()) {
                violations.invalid(at.child("topologyKeys"), key, Names.qualifiedName(key));
                if (!keys.add(key)) {
                    violations.duplicate(at.child("topologyKeys"), key);
                }
            }
        }
    }

    public static void capacity(CSIStorageCapacity capacity, Violations violations) {
        if (capacity.storageClassName().isEmpty()) {
            violations.required(Path.of("storageClassName"));
        }
        ClaimValidation.className(Path.of("storageClassName"), capacity.storageClassName(), violations);
        SelectorValidation.selector(capacity.nodeTopology(), Path.of("nodeTopology"), violations);
        if (capacity.capacity() != null && capacity.capacity().signum() < 0) {
            violations.invalid(Path.of("capacity"), capacity.capacity(), "must be greater than or equal to 0");
        }
        if (capacity.maximumVolumeSize() != null && capacity.maximumVolumeSize().signum() < 0) {
            violations.invalid(
                    Path.of("maximumVolumeSize"), capacity.maximumVolumeSize(), "must be greater than or equal to 0");
        }
    }

    public static void capacityUpdate(CSIStorageCapacity wanted, CSIStorageCapacity current, Violations violations) {
        Check.immutable(Path.of("nodeTopology"), wanted.nodeTopology(), current.nodeTopology(), violations);
        Check.immutable(Path.of("storageClassName"), wanted.storageClassName(), current.storageClassName(), violations);
    }

    public static void attachment(VolumeAttachment attachment, Violations violations) {
        name(SPEC.child("attacher"), attachment.spec().attacher(), violations);
        StorageValidation.required(SPEC.child("nodeName"), attachment.spec().nodeName(), violations);
        Path source = SPEC.child("source");
        String volume = attachment.spec().source().persistentVolumeName();
        boolean named = volume != null && !volume.isEmpty();
        boolean inline = attachment.spec().source().inlineVolumeSpec() != null;
        if (!named && !inline) {
            violations.required(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (named && inline) {
            violations.forbidden(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        }
    }

    public static void attachmentUpdate(VolumeAttachment wanted, VolumeAttachment current, Violations violations) {
        if (!wanted.spec().equals(current.spec())) {
            violations.invalid(SPEC, "", "field is immutable");
        }
    }
}
