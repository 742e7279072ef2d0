package io.orchestrator.core.control.pods;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.PodTemplateSpec;

/**
 * An object that wants a number of equal pods.
 *
 * @param selector which pods may be its own
 * @param minReadySeconds how long a pod must be ready to be available
 */
public record ReplicaOwner(
        Resource object,
        ResourceType<?> type,
        int replicas,
        Selector selector,
        PodTemplateSpec template,
        int minReadySeconds) {
    public ObjectKey key() {
        return ObjectKey.of(object);
    }

    public String uid() {
        return object.metadata().uid();
    }

    public boolean isBeingDeleted() {
        return object.metadata().deletionTimestamp() != null;
    }

    /** The reference that its pods bear. */
    public OwnerReference reference() {
        return Ownership.referenceTo(object, type);
    }
}
