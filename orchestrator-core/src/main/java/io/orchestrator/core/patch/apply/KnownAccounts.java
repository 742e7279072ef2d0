package io.orchestrator.core.patch.apply;

import io.orchestrator.api.meta.RawJson;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.JsonTrees;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of entries of {@code managedFields}, of which objects of one template have the same: those of late are kept, in
 * a table of fixed size. Thread-safe: races are benign.
 */
final class KnownAccounts {
    private static final int SLOTS = 64;

    private final JsonTrees trees;
    private final @Nullable Known[] slots = new Known[SLOTS];

    private record Known(RawJson json, FieldSet fields) {}

    KnownAccounts(JsonTrees trees) {
        this.trees = trees;
    }

    /** An entry that nobody can read owns nothing, which is what Kubernetes makes of it too. */
    FieldSet fields(RawJson json) {
        int hash = json.json().hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Known known = slots[slot];
        if (known != null && known.json().equals(json)) {
            return known.fields();
        }
        FieldSet fields;
        try {
            fields = FieldSet.parse(trees.parse(json.json()));
        } catch (DecodeException e) {
            return FieldSet.EMPTY;
        }
        if (fields.isSmall()) {
            slots[slot] = new Known(json, fields);
        }
        return fields;
    }
}
