package io.orchestrator.core.registry.cache;

import io.orchestrator.core.registry.StoredObject;
import java.util.List;

/**
 * Where a watch begins.
 *
 * @param after changes up to this revision are known to the watcher
 * @param initial objects to tell first, as ADDED; they show the state at {@code after}
 * @param markInitialEnd whether an annotated bookmark follows them
 * @param bookmarks whether bookmarks may come later
 * @param timeoutSeconds after which the watch ends; 0 for never
 */
public record WatchStart(
        long after, List<StoredObject> initial, boolean markInitialEnd, boolean bookmarks, int timeoutSeconds) {
    public WatchStart {
        initial = List.copyOf(initial);
    }
}
