package io.orchestrator.core.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a list.
 *
 * @param revision the revision that the page shows; a watch from it misses nothing; 0 of what is not stored
 * @param continueToken for the next page; empty when this is the last
 * @param remaining how many objects follow; null where that is not known
 */
public record Page(
        long revision,
        List<StoredObject> objects,
        String continueToken,
        @Nullable Long remaining) {
    public Page {
        objects = List.copyOf(objects);
    }

    /** As lists carry it; empty for what has no revision, because it is not stored. */
    public String resourceVersion() {
        return revision == 0 ? "" : Long.toString(revision);
    }
}
