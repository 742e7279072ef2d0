package io.orchestrator.core.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a list.
 *
 * @param revision the revision that the page shows; a watch from it misses nothing
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
}
