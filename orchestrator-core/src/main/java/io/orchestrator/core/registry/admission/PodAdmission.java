package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;

/** A step that completes new pods and leaves everything else alone. */
abstract class PodAdmission implements Admission {

    /** The pod as it shall be created. */
    abstract Pod complete(Pod pod);

    @Override
    @SuppressWarnings("unchecked") // T is Pod where the object is one
    public final <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created =
                request.operation() == Operation.CREATE && request.subresource().isEmpty();
        return created && object instanceof Pod pod ? (T) complete(pod) : object;
    }
}
