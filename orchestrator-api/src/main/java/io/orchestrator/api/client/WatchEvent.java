package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;

/**
 * One step of a watch.
 *
 * @param object the object after the change; on DELETED its last state with the deletion's resource version; on BOOKMARK an
 *     object that holds nothing but a resource version
 */
public record WatchEvent<T extends Resource>(Type type, T object) {

    /** What happened, as seen through the watch's selectors. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        BOOKMARK
    }

    public String resourceVersion() {
        return object.metadata().resourceVersion();
    }
}
