package io.orchestrator.core.registry;

import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;

/** Keeps {@code managedFields}: who set which fields. Thread-safe. */
interface Ownership {

    /** A new object with the fields of its maker recorded. */
    <T extends Resource> T created(ResourceStrategy<T> strategy, T object, WriteOptions options, Caller caller);

    /** A changed object with the changed fields recorded for the writer. @param subresource empty for the object itself */
    <T extends Resource> T updated(
            ResourceStrategy<T> strategy,
            String subresource,
            T wanted,
            T current,
            WriteOptions options,
            Caller caller);

    /** Records nothing. */
    static Ownership unrecorded() {
        return new Ownership() {
            @Override
            public <T extends Resource> T created(
                    ResourceStrategy<T> strategy, T object, WriteOptions options, Caller caller) {
                return object;
            }

            @Override
            public <T extends Resource> T updated(
                    ResourceStrategy<T> strategy,
                    String subresource,
                    T wanted,
                    T current,
                    WriteOptions options,
                    Caller caller) {
                return wanted;
            }
        };
    }
}
