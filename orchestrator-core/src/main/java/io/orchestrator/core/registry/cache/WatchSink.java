package io.orchestrator.core.registry.cache;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.registry.StoredObject;

/**
 * Receives a watch of the registry, one call at a time, on the environment's executor. Who is slow holds up only itself, until
 * the cache has moved on too far and closes the watch with reason Expired: it may block, or better say so by {@link #isReady}.
 */
public interface WatchSink {

    /**
     * Asked before each event and bookmark: whether it may come. Who says no has {@code later} run, once, when it may; no thread
     * waits meanwhile. The last call does not ask.
     */
    default boolean isReady(Runnable later) {
        return true;
    }

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
