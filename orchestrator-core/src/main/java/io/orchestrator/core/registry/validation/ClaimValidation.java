package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.PersistentVolumeAccessMode;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of claims on volumes. */
public final class ClaimValidation {
    static final List<String> ACCESS_MODES = List.of(
            PersistentVolumeAccessMode.READ_ONLY_MANY,
            PersistentVolumeAccessMode.READ_WRITE_MANY,
            PersistentVolumeAccessMode.READ_WRITE_ONCE,
            PersistentVolumeAccessMode.READ_WRITE_ONCE_POD);
    static final List<String> VOLUME_MODES = List.of(PersistentVolumeMode.BLOCK, PersistentVolumeMode.FILESYSTEM);
    private static final String STORAGE = "storage";
    private static final Path SPEC = Path.of("spec");

    private ClaimValidation() {}

    public static void claim(PersistentVolumeClaim claim, Violations violations) {
        spec(claim.spec(), SPEC, violations);
    }

    static void spec(PersistentVolumeClaimSpec spec, Path field, Violations violations) {
        SelectorValidation.selector(spec.selector(), field.child("selector"), violations);
        if (spec.accessModes().isEmpty()) {
            violations.required(field.child("accessModes"), "at least 1 access mode is required");
        }
        accessModes(spec.accessModes(), field.child("accessModes"), violations);
        Path storage = field.child("resources").key(STORAGE);
        Quantity asked = spec.resources().requests().get(STORAGE);
        if (asked == null) {
            violations.required(storage);
        } else if (asked.signum() <= 0) {
            violations.invalid(storage, asked, "must be greater than zero");
        }
        className(field.child("storageClassName"), spec.storageClassName(), violations);
        volumeMode(field.child("volumeMode"), spec.volumeMode(), violations);
        if (spec.dataSource() != null) {
            if (spec.dataSource().name().isEmpty()) {
                violations.required(field.child("dataSource").child("name"));
            }
            if (spec.dataSource().kind().isEmpty()) {
                violations.required(field.child("dataSource").child("kind"));
            }
        }
    }

    static void accessModes(List<String> modes, Path field, Violations violations) {
        for (String mode : modes) {
            violations.oneOf(field, mode, ACCESS_MODES);
        }
        if (modes.size() > 1 && modes.contains(PersistentVolumeAccessMode.READ_WRITE_ONCE_POD)) {
            violations.forbidden(field, "may not use ReadWriteOncePod with other access modes");
        }
    }

    /** A class may be empty on purpose: a volume without class. */
    static void className(Path field, @Nullable String name, Violations violations) {
        if (name != null && !name.isEmpty()) {
            violations.invalid(field, name, Names.dnsSubdomain(name));
        }
    }

    static void volumeMode(Path field, @Nullable String mode, Violations violations) {
        if (mode != null) {
            violations.oneOf(field, mode, VOLUME_MODES);
        }
    }

    /**
     * A claim stands as it was made, but for what its binding fills in, the class of one that named none, and the size of one that
     * is bound, which may grow.
     */
    public static void claimUpdate(PersistentVolumeClaim wanted, PersistentVolumeClaim current, Violations violations) {
        PersistentVolumeClaimSpec next = wanted.spec();
        PersistentVolumeClaimSpec before = current.spec();
        PersistentVolumeClaimSpecBuilder changeable = PersistentVolumeClaimSpecBuilder.builder(before);
        if (before.volumeName().isEmpty()) {
            changeable.volumeName(next.volumeName());
        }
        if (before.storageClassName() == null) {
            changeable.storageClassName(next.storageClassName());
        }
        if (current.status().phase().equals(PersistentVolumeClaimPhase.BOUND)) {
            changeable.volumeAttributesClassName(next.volumeAttributesClassName());
            changeable.resources(before.resources().withRequests(grown(before, next)));
            Quantity asked = next.resources().requests().get(STORAGE);
            Quantity held = before.resources().requests().get(STORAGE);
            if (asked != null && held != null && asked.compareTo(held) < 0) {
                violations.forbidden(
                        SPEC.child("resources").child("requests").child(STORAGE),
                        "field can not be less than status.capacity");
            }
        }
        if (!next.equals(changeable.build())) {
            violations.forbidden(
                    SPEC,
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims");
        }
    }

    private static Map<String, Quantity> grown(PersistentVolumeClaimSpec before, PersistentVolumeClaimSpec next) {
        Map<String, Quantity> requests = new LinkedHashMap<>(before.resources().requests());
        Quantity asked = next.resources().requests().get(STORAGE);
        if (asked != null) {
            requests.put(STORAGE, asked);
        }
        return requests;
    }
}
