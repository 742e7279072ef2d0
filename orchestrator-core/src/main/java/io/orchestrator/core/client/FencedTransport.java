package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.Fence;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.spi.node.NodeEndpoint;

/**
 * A leader's way to the API: each of its writes carries the lease that it leads by. Reads pass as they are. Thread-safe as far as
 * what is below is. Closing it does nothing: what is below belongs to whoever opened it, and outlives the term.
 */
public final class FencedTransport implements ApiTransport {
    private final ApiTransport below;
    private final Fence fence;

    public FencedTransport(ApiTransport below, Fence fence) {
        this.below = below;
        this.fence = fence;
    }

    @Override
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        return below.create(target, body, options.fencedBy(fence));
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        return below.get(target, as);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        return below.list(collection, options);
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        return below.watch(collection, options, listener);
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        return below.update(target, body, options.fencedBy(fence));
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        return below.patch(target, patch, as, options.fencedBy(fence));
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        return below.apply(target, body, options.fencedBy(fence));
    }

    @Override
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        return below.delete(target, options.fencedBy(fence));
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        below.deleteCollection(collection, which, options.fencedBy(fence));
    }

    @Override
    public NodeEndpoint pods() {
        return below.pods();
    }

    @Override
    public void close() {
        // What is below stays open.
    }
}
