package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;

/** Receives a watch, one call at a time. Must not block for long: a slow listener is closed with reason Expired. */
public interface WatchListener<T extends Resource> {

    void onEvent(WatchEvent<T> event);

    /**
     * The last call: the watch ended by itself. With reason Expired the caller must list again; else it may watch again
     * from the last version it saw.
     */
    void onClosed(ApiException cause);
}
