package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.ResourceType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The verbs on one kind in one namespace (or, for lists and watches, in all). Immutable and thread-safe.
 * All calls block and fail with {@link ApiException}.
 */
public class ResourceClient<T extends Resource> {
    private static final int UPDATE_ATTEMPTS = 10;

    private final ApiTransport transport;
    private final ResourceType<T> type;
    private final String namespace;
    private final WriteOptions writing;

    ResourceClient(ApiTransport transport, ResourceType<T> type, String namespace, WriteOptions writing) {
        this.transport = transport;
        this.type = type;
        this.namespace = type.namespaced() ? namespace : "";
        this.writing = writing;
    }

    /** The same kind in another namespace. */
    public ResourceClient<T> inNamespace(String namespace) {
        return new ResourceClient<>(transport, type, namespace, writing);
    }

    /** The same kind in all namespaces: for lists and watches, and for writes of objects that name theirs. */
    public ResourceClient<T> inAnyNamespace() {
        return new ResourceClient<>(transport, type, "", writing);
    }

    public T create(T object) {
        return transport.create(Target.collection(type, namespaceOf(object)), object, writing);
    }

    /** @throws ApiException with reason NotFound */
    public T get(String name) {
        return transport.get(target(name), type.objectClass());
    }

    /** Empty where {@link #get} would say NotFound. */
    public Optional<T> find(String name) {
        try {
            return Optional.of(get(name));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public ResourceList<T> list() {
        return list(ListOptions.all());
    }

    public ResourceList<T> list(ListOptions options) {
        return transport.list(Target.collection(type, namespace), options);
    }

    public Watch watch(ListOptions options, WatchListener<T> listener) {
        return transport.watch(Target.collection(type, namespace), options, listener);
    }

    /** Replaces the object. Refused with Conflict when its resource version is set and no longer the current one. */
    public T update(T object) {
        return transport.update(object(object), object, writing);
    }

    /** Replaces the status and leaves everything else as it is. */
    public T updateStatus(T object) {
        return transport.update(object(object).subresource("status"), object, writing);
    }

    /** Reads, edits and replaces, again when somebody else was faster. */
    public T edit(String name, UnaryOperator<T> change) {
        ApiException last = null;
        for (int attempt = 0; attempt < UPDATE_ATTEMPTS; attempt++) {
            T current = get(name);
            T wanted = change.apply(current);
            if (wanted.equals(current)) {
                return current;
            }
            try {
                return update(wanted);
            } catch (ApiException e) {
                if (!e.isConflict()) {
                    throw e;
                }
                last = e;
            }
        }
        throw last == null ? new IllegalStateException() : last;
    }

    /** Server-side apply: the object has what this one sets, whatever stood there before; other fields stay. */
    public T apply(T object) {
        return transport.apply(object(object), object, writing);
    }

    public T patch(String name, Patch patch) {
        return transport.patch(target(name), patch, type.objectClass(), writing);
    }

    public T patchStatus(String name, Patch patch) {
        return transport.patch(target(name).subresource("status"), patch, type.objectClass(), writing);
    }

    public T delete(String name) {
        return delete(name, DeleteOptions.defaults());
    }

    public T delete(String name, DeleteOptions options) {
        return transport.delete(target(name), options);
    }

    public void deleteAll(ListOptions which, DeleteOptions options) {
        transport.deleteCollection(Target.collection(type, namespace), which, options);
    }

    /**
     * Waits, by watch, until the object exists and is as it should be. Must not be called on a thread that the cluster itself
     * needs.
     *
     * @param what is waited for, for the message of a timeout
     * @throws ApiException with reason Timeout when it takes longer
     */
    public T await(String name, Predicate<T> holds, String what, Duration patience) {
        return ObjectWait.until(this, name, found -> found.filter(holds), what, patience);
    }

    /** A subresource with a body of another kind, such as {@code scale}. */
    public <B extends Resource> B getSubresource(String name, String subresource, Class<B> as) {
        return transport.get(target(name).subresource(subresource), as);
    }

    public <B extends Resource> B createSubresource(String name, String subresource, B body) {
        return transport.create(target(name).subresource(subresource), body, writing);
    }

    public <B extends Resource> B updateSubresource(String name, String subresource, B body) {
        return transport.update(target(name).subresource(subresource), body, writing);
    }

    protected final ApiTransport transport() {
        return transport;
    }

    protected final String namespace() {
        return namespace;
    }

    protected final ResourceType<T> type() {
        return type;
    }

    protected final WriteOptions writing() {
        return writing;
    }

    protected final Target<T> target(String name) {
        return Target.object(type, namespace, name);
    }

    /** Waits, by watch, until nothing is left of the object: its finalizers done, its pods ended. */
    public void awaitGone(String name, Duration patience) {
        ObjectWait.until(
                this,
                name,
                found -> found.isPresent() ? Optional.empty() : Optional.of(name),
                type.singular() + " \"" + name + "\" to be gone",
                patience);
    }

    private Target<T> object(T object) {
        return Target.object(type, namespaceOf(object), object.metadata().name());
    }

    private String namespaceOf(T object) {
        String own = object.metadata().namespace();
        return type.namespaced() && !own.isEmpty() ? own : namespace;
    }
}
