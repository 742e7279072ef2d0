package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.ListMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Page;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.store.Subscription;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The verbs of the API straight on a registry in this process: readers get the registry's own records, nothing is copied or
 * encoded. Thread-safe. Closing it leaves the registry open; watches started through it end with the registry or by
 * themselves.
 */
public final class InProcessTransport implements ApiTransport {
    private final Registry registry;
    private final Caller caller;
    private final NodeEndpoint pods;
    private final Executor executor;

    /**
     * @param executor tells listeners of watches that could not be started
     * @param pods where streams into pods lead
     */
    public InProcessTransport(Registry registry, Caller caller, NodeEndpoint pods, Executor executor) {
        this.registry = registry;
        this.caller = caller;
        this.pods = pods;
        this.executor = executor;
    }

    /** A transport whose streams into pods pass admission, and find their way by the registry and the connected agents. */
    public static InProcessTransport on(Registry registry, Caller caller, NodeConnections nodes, Executor executor) {
        NodeEndpoint pods = new AdmittedStreams(registry, caller, new PodStreams(registry, nodes));
        return new InProcessTransport(registry, caller, pods, executor);
    }

    @Override
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        return as(kindOf(body), registry.create(target, body, options, caller));
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        return as(as, registry.get(target));
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        Page page = registry.list(collection, options);
        Class<T> kind = collection.type().objectClass();
        List<T> items = page.objects().stream().map(stored -> as(kind, stored)).toList();
        ListMeta metadata = ListMetaBuilder.builder()
                .resourceVersion(page.resourceVersion())
                .continueToken(page.continueToken())
                .remainingItemCount(page.remaining())
                .build();
        return new ResourceList<>(metadata, items);
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        TypedWatchSink<T> sink = new TypedWatchSink<>(collection.type(), listener);
        try {
            Subscription subscription = registry.watch(collection, options, sink);
            return () -> {
                sink.stop();
                subscription.close();
            };
        } catch (ApiException e) {
            executor.execute(() -> sink.closed(e));
            return sink::stop;
        }
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        return as(kindOf(body), registry.update(target, body, options, caller).object());
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        return as(as, registry.patch(target, patch, options, caller).object());
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        return as(kindOf(body), registry.apply(target, body, options, caller).object());
    }

    @Override
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        return as(
                target.type().objectClass(),
                registry.delete(target, options, caller).object());
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        registry.deleteCollection(collection, which, options, caller);
    }

    @Override
    public NodeEndpoint pods() {
        return pods;
    }

    @Override
    public void close() {
        // The registry belongs to the cluster, which closes it.
    }

    @SuppressWarnings("unchecked") // a record's class is its kind
    private static <B extends Resource> Class<B> kindOf(B body) {
        return (Class<B>) body.getClass();
    }

    private static <B extends Resource> B as(Class<B> kind, StoredObject stored) {
        Resource object = stored.object();
        if (!kind.isInstance(object)) {
            throw ApiException.badRequest(
                    "the answer is a " + object.getClass().getSimpleName() + ", not a " + kind.getSimpleName());
        }
        return kind.cast(object);
    }
}
