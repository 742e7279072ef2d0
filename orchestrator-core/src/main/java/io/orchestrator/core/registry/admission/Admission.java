package io.orchestrator.core.registry.admission;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of admission. Steps run in the order of their list: first all mutations, then, on what came of them, all checks.
 * A step may be called several times for one request, when somebody else's write came between; it must have no effects.
 */
public interface Admission {

    /** The object as it shall be stored; the one given where nothing is to be changed. */
    default <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        return object;
    }

    /** @throws io.orchestrator.api.client.ApiException to refuse, with reason Forbidden as a rule */
    default <T extends Resource> void check(Request<T> request, Lookup lookup) {}

    /** What is asked for. */
    enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * A request.
     *
     * @param subresource empty for the object itself
     * @param object the object as it would stand; null on delete
     * @param current what stands there; null on create
     * @param deletion how it is to be deleted; null but on delete
     */
    record Request<T extends Resource>(
            Operation operation,
            ResourceType<T> type,
            String namespace,
            String name,
            String subresource,
            @Nullable T object,
            @Nullable T current,
            @Nullable DeleteOptions deletion,
            Caller caller) {}

    /** Reads other objects, as of now. */
    interface Lookup {
        <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name);
    }
}
