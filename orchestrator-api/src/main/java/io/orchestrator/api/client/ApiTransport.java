package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.spi.node.NodeEndpoint;

/**
 * The verbs of the API, however they reach it: in this process, over HTTP, or through a fault injector. {@link Client}
 * is the comfortable surface over it. Thread-safe; calls block, at most up to the transport's deadline, and fail with
 * {@link ApiException}.
 */
public interface ApiTransport extends AutoCloseable {

    /** Posts to a collection, or to a subresource such as binding, eviction or token. Returns what the server made of it. */
    <B extends Resource> B create(Target<?> target, B body, WriteOptions options);

    /** Reads an object or a subresource. */
    <B extends Resource> B get(Target<?> target, Class<B> as);

    <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options);

    /**
     * Watches a collection from {@code options.resourceVersion()} on. The listener is called by one thread at a time.
     * Errors to start it come to the listener as well as those that end it later.
     */
    <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener);

    /** Replaces an object or a subresource. A resource version in the body must be the current one; empty skips the check. */
    <B extends Resource> B update(Target<?> target, B body, WriteOptions options);

    <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options);

    /**
     * Server-side apply of what the body sets: creates the object, or takes over and changes just these fields.
     *
     * @throws ApiException with reason Conflict, and a cause per field, when another manager holds one of them with
     *     another value and the options do not force
     */
    <B extends Resource> B apply(Target<?> target, B body, WriteOptions options);

    /** Deletes one object. Returns the object as it stands when its deletion only begins, else its last state. */
    <T extends Resource> T delete(Target<T> target, DeleteOptions options);

    /** Deletes every object of the collection that the selectors match. */
    <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options);

    /** Streams into pods, wherever they run. */
    NodeEndpoint pods();

    @Override
    void close();
}
