package io.orchestrator.core.registry.admission;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Failures;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of admission: what stands between a decoded, authorized request and the store. A host adds its own with
 * {@code Cluster.builder().admission(...)}; the steps of Kubernetes are made of the same.
 *
 * <p><b>Order.</b> First all mutations in the order of the steps, each on what the one before made of the object; then the
 * object is defaulted again and validated; then all checks on what shall be stored. A host's steps mutate behind the
 * built-in ones and before webhooks.
 *
 * <p><b>Threading.</b> Called on the thread of the request, by many at a time. A step that blocks holds up its request.
 *
 * <p><b>Idempotence.</b> A step may be called several times for one request, when somebody else's write came between, and for
 * dry runs; it must have no effects, and mutating its own outcome must change nothing.
 *
 * <p><b>Failure.</b> An {@link io.orchestrator.api.client.ApiException} is the answer to the request, as it is; any other
 * exception fails it with an internal error. Nothing has been written then.
 */
public interface Admission {

    /** The object as it shall be stored; the one given where nothing is to be changed. */
    default <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        return object;
    }

    /** @throws io.orchestrator.api.client.ApiException to refuse, see {@link Request#denied} */
    default <T extends Resource> void check(Request<T> request, Lookup lookup) {}

    /**
     * A step that completes objects of one kind when they are created or changed, subresources aside.
     *
     * @param change gets the object and the request it came with
     */
    static <K extends Resource> Admission mutating(
            ResourceType<K> type, BiFunction<K, Request<?>, ? extends Resource> change) {
        return new MutatingKind<>(type, change);
    }

    /**
     * A step that may refuse writes of one kind, subresources aside, deletions included.
     *
     * @param check throws to refuse
     */
    static <K extends Resource> Admission validating(ResourceType<K> type, Consumer<Request<K>> check) {
        return new ValidatingKind<>(type, check);
    }

    /** What is asked for. */
    enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        /** A stream into an object, such as {@code exec}: nothing is stored. */
        CONNECT
    }

    /**
     * A request.
     *
     * @param type the resource that is asked for, as it is stored
     * @param form the resource as the request names it: in {@code type}'s version, or in another one of the same
     * @param kind of {@code object} and {@code current}: the resource's own, or that of a subresource's body, such as a
     *     {@code Scale}, a {@code Binding} or the options of a command
     * @param subresource empty for the object itself
     * @param object the object as it would stand; null on delete
     * @param current what stands there; null on create and on connect
     * @param deletion how it is to be deleted; null but on delete
     * @param options how it is to be written
     */
    record Request<T extends Resource>(
            Operation operation,
            ResourceType<?> type,
            ResourceType<?> form,
            ResourceType<T> kind,
            String namespace,
            String name,
            String subresource,
            @Nullable T object,
            @Nullable T current,
            @Nullable DeleteOptions deletion,
            WriteOptions options,
            Caller caller) {

        /** The same request with the object as a step left it. */
        public Request<T> with(T changed) {
            return new Request<>(
                    operation,
                    type,
                    form,
                    kind,
                    namespace,
                    name,
                    subresource,
                    changed,
                    current,
                    deletion,
                    options,
                    caller);
        }

        /** Whether nothing will be stored whatever the steps say. */
        public boolean dryRun() {
            return options.dryRun();
        }

        /** The refusal of this request in the words of Kubernetes: {@code pods "web" is forbidden: why}. */
        public ApiException denied(String why) {
            return Failures.forbidden(type, name, why, List.of());
        }

        /** Whether it is about the object itself, and not about a subresource. */
        public boolean isOfObject() {
            return subresource.isEmpty();
        }
    }

    /** Reads other objects. */
    interface Lookup {
        /** The object, as of now. */
        <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name);

        /**
         * The object as this server knows it, which costs no way to the store where a cache has it: with all that was written
         * through this server, and perhaps a moment behind what was written through others. As of now where the cache has nothing.
         */
        <T extends Resource> Optional<T> known(ResourceType<T> type, String namespace, String name);

        /**
         * All of a kind in the namespace, or everywhere when it is empty; none where the kind is not served. From a cache, which
         * may be a moment behind.
         */
        <T extends Resource> List<T> list(ResourceType<T> type, String namespace);
    }
}
