package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;

/** A step that completes pods, new ones unless it says otherwise, and leaves everything else alone. */
abstract class PodAdmission implements Admission {

    /** The pod as it shall be written. */
    abstract Pod complete(Pod pod);

    /** Whether pods that are updated are completed too. */
    boolean isForUpdates() {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked") // T is Pod where the object is one
    public final <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean wanted =
                request.operation() == Operation.CREATE || (request.operation() == Operation.UPDATE && isForUpdates());
        return wanted && request.subresource().isEmpty() && object instanceof Pod pod ? (T) complete(pod) : object;
    }
}
