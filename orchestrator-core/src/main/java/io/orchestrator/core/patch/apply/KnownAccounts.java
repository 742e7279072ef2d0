package io.orchestrator.core.patch.apply;

import io.orchestrator.api.meta.RawJson;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.recall.Lately;

/**
 * Reads the fields of entries of {@code managedFields}, of which objects of one template have the same: those of late are kept, in
 * a table of fixed size. Thread-safe: races are benign.
 */
final class KnownAccounts {
    private static final int HASHES = 64;

    private final JsonTrees trees;
    private final Lately<Known> lately = new Lately<>(HASHES);

    private record Known(RawJson json, FieldSet fields) {}

    KnownAccounts(JsonTrees trees) {
        this.trees = trees;
    }

    /** An entry that nobody can read owns nothing, which is what Kubernetes makes of it too. */
    FieldSet fields(RawJson json) {
        int hash = json.json().hashCode();
        int first = lately.first(hash);
        for (int place = first; place < first + Lately.WAYS; place++) {
            Known known = lately.at(place);
            if (known != null && known.json().equals(json)) {
                return known.fields();
            }
        }
        FieldSet fields;
        try {
            fields = FieldSet.parse(trees.parse(json.json()));
        } catch (DecodeException e) {
            return FieldSet.EMPTY;
        }
        if (fields.isSmall()) {
            lately.keep(hash, new Known(json, fields));
        }
        return fields;
    }
}
