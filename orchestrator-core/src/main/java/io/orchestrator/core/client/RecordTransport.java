package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.spi.node.NodeEndpoint;
import java.util.function.Predicate;

/**
 * Shows custom resources as the records that a host has for them. Everything else passes through as it is. Thread-safe as far
 * as what is below is; closing it closes that.
 */
public final class RecordTransport implements ApiTransport {
    private final ApiTransport below;
    private final ObjectCodec codec;
    private final Predicate<ResourceType<?>> translated;

    /** @param translated whether a type is a record for what is a custom resource below */
    public RecordTransport(ApiTransport below, ObjectCodec codec, Predicate<ResourceType<?>> translated) {
        this.below = below;
        this.codec = codec;
        this.translated = translated;
    }

    @Override
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        if (!isRecord(target, body.getClass())) {
            return below.create(onWire(target), body, options);
        }
        return record(below.create(onWire(target), unstructured(body, target.type()), options), kindOf(body));
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        return isRecord(target, as)
                ? record(below.get(onWire(target), Unstructured.class), as)
                : below.get(onWire(target), as);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        if (!translated.test(collection.type())) {
            return below.list(collection, options);
        }
        Class<T> kind = collection.type().objectClass();
        ResourceList<Unstructured> found = below.list(custom(collection), options);
        return new ResourceList<>(
                found.metadata(),
                found.items().stream().map(item -> record(item, kind)).toList());
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        return translated.test(collection.type())
                ? below.watch(
                        custom(collection),
                        options,
                        new RecordListener<>(collection.type().objectClass(), listener))
                : below.watch(collection, options, listener);
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        if (!isRecord(target, body.getClass())) {
            return below.update(onWire(target), body, options);
        }
        return record(below.update(onWire(target), unstructured(body, target.type()), options), kindOf(body));
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        return isRecord(target, as)
                ? record(below.patch(onWire(target), patch, Unstructured.class, options), as)
                : below.patch(onWire(target), patch, as, options);
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        if (!isRecord(target, body.getClass())) {
            return below.apply(onWire(target), body, options);
        }
        return record(below.apply(onWire(target), unstructured(body, target.type()), options), kindOf(body));
    }

    @Override
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        return translated.test(target.type())
                ? record(below.delete(custom(target), options), target.type().objectClass())
                : below.delete(target, options);
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        if (translated.test(collection.type())) {
            below.deleteCollection(custom(collection), which, options);
        } else {
            below.deleteCollection(collection, which, options);
        }
    }

    @Override
    public NodeEndpoint pods() {
        return below.pods();
    }

    @Override
    public void close() {
        below.close();
    }

    private boolean isRecord(Target<?> target, Class<?> body) {
        return target.type().objectClass() == body && translated.test(target.type());
    }

    private Target<?> onWire(Target<?> target) {
        return translated.test(target.type()) ? custom(target) : target;
    }

    private static Target<Unstructured> custom(Target<?> target) {
        ResourceType<?> type = target.type();
        ResourceType<Unstructured> custom = new ResourceType<>(
                type.group(),
                type.version(),
                type.kind(),
                type.plural(),
                type.singular(),
                type.namespaced(),
                type.shortNames(),
                type.categories(),
                Unstructured.class);
        return new Target<>(custom, target.namespace(), target.name(), target.subresource());
    }

    private Unstructured unstructured(Resource body, ResourceType<?> type) {
        Unstructured object = codec.read(codec.toTree(body), Unstructured.class).value();
        return object.apiVersion().equals(type.apiVersion()) ? object : object.withApiVersion(type.apiVersion());
    }

    private <B> B record(Unstructured object, Class<B> as) {
        return codec.read(codec.toTree(object), as).value();
    }

    @SuppressWarnings("unchecked") // a record's class is its kind
    private static <B extends Resource> Class<B> kindOf(B body) {
        return (Class<B>) body.getClass();
    }

    /** Passes events on as records. Called by one thread at a time. */
    private final class RecordListener<T extends Resource> implements WatchListener<Unstructured> {
        private final Class<T> kind;
        private final WatchListener<T> listener;

        RecordListener(Class<T> kind, WatchListener<T> listener) {
            this.kind = kind;
            this.listener = listener;
        }

        @Override
        public void onEvent(WatchEvent<Unstructured> event) {
            listener.onEvent(new WatchEvent<>(event.type(), record(event.object(), kind)));
        }

        @Override
        public void onClosed(ApiException cause) {
            listener.onClosed(cause);
        }
    }
}
