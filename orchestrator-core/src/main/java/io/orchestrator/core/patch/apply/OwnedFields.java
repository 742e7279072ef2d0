package io.orchestrator.core.patch.apply;

import io.orchestrator.core.recall.Lately;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the fields that a write sets its writer owns: not what the server sets itself, nor what cannot be written through the
 * door that was used. The answers of late are kept, in a table of fixed size. Thread-safe: races are benign.
 */
final class OwnedFields {
    private static final String STATUS = "status";
    private static final String METADATA_STEP = Steps.field("metadata");
    private static final int HASHES = 16;

    private static final Set<String> UNOWNED_METADATA = steps(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "generation",
            "managedFields",
            "resourceVersion");

    private static final Set<String> UNOWNED = steps("apiVersion", "kind");
    private static final Set<String> UNOWNED_BY_OBJECT = steps("apiVersion", "kind", STATUS);
    private static final Set<String> UNOWNED_BY_STATUS = steps("apiVersion", "kind", "spec");

    private final Lately<Known> lately = new Lately<>(HASHES);

    private record Known(FieldSet fields, String subresource, FieldSet owned) {}

    private static Set<String> steps(String... fields) {
        return Arrays.stream(fields).map(Steps::field).collect(Collectors.toUnmodifiableSet());
    }

    /** @param subresource through which it is written; empty for the object itself */
    FieldSet of(FieldSet fields, String subresource) {
        int hash = System.identityHashCode(fields);
        int first = lately.first(hash);
        for (int place = first; place < first + Lately.WAYS; place++) {
            Known known = lately.at(place);
            if (known != null && known.fields() == fields && known.subresource().equals(subresource)) {
                return known.owned();
            }
        }
        FieldSet metadata =
                fields.child(METADATA_STEP).without(UNOWNED_METADATA).inside();
        FieldSet owned = fields.without(unowned(subresource))
                .with(METADATA_STEP, metadata)
                .inside();
        if (fields.isSmall()) {
            lately.keep(hash, new Known(fields, subresource, owned));
        }
        return owned;
    }

    private static Set<String> unowned(String subresource) {
        return switch (subresource) {
            case "" -> UNOWNED_BY_OBJECT;
            case STATUS, "approval" -> UNOWNED_BY_STATUS;
            case "ephemeralcontainers", "resize" -> UNOWNED_BY_OBJECT;
            default -> UNOWNED;
        };
    }
}
