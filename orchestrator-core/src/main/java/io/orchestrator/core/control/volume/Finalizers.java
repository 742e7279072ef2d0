package io.orchestrator.core.control.volume;

import io.orchestrator.api.meta.ObjectMeta;
import java.util.ArrayList;
import java.util.List;

/** What keeps an object from going. */
final class Finalizers {
    private Finalizers() {}

    /** The metadata with this finalizer where it was without, and without it where it was there. */
    static ObjectMeta toggled(ObjectMeta metadata, String finalizer) {
        List<String> finalizers = new ArrayList<>(metadata.finalizers());
        if (!finalizers.remove(finalizer)) {
            finalizers.add(finalizer);
        }
        return metadata.withFinalizers(finalizers);
    }
}
