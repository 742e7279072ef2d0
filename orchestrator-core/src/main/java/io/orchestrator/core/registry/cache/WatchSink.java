package io.orchestrator.core.registry.cache;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.registry.StoredObject;

/**
 * Receives a watch of the registry, one call at a time, on the environment's executor. May block: that holds up only itself,
 * until the cache has moved on too far and closes the watch with reason Expired.
 */
public interface WatchSink {

    /** {@code type} is ADDED, MODIFIED or DELETED. */
    void event(WatchEvent.Type type, StoredObject object);

    /**
     * All that happened up to this revision has been told.
     *
     * @param initialEventsEnd this is the mark behind the initial events
     */
    void bookmark(long revision, boolean initialEventsEnd);

    /** The last call: the watch ended without having been closed by its owner. */
    void closed(ApiException cause);
}
