package io.orchestrator.apiserver;

import io.orchestrator.core.registry.StoredObject;

/** What a client is shown of the objects that it watches. */
interface WatchedObjects {
    byte[] object(StoredObject object);

    /** A mark that carries nothing but a version. */
    byte[] bookmark(long revision, boolean initialEventsEnd);
}
