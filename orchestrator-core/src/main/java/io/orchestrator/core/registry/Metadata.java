package io.orchestrator.core.registry;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import java.util.function.Consumer;

/** Edits of what every object carries, whatever its kind. */
final class Metadata {
    private Metadata() {}

    @SuppressWarnings("unchecked") // withMetadata returns the kind it is called on
    static <T extends Resource> T with(T object, ObjectMeta metadata) {
        return (T) object.withMetadata(metadata);
    }

    static <T extends Resource> T edit(T object, Consumer<ObjectMetaBuilder> change) {
        ObjectMetaBuilder builder = ObjectMetaBuilder.builder(object.metadata());
        change.accept(builder);
        return with(object, builder.build());
    }

    static <T extends Resource> T withVersion(T object, String version) {
        return edit(object, metadata -> metadata.resourceVersion(version));
    }

    static boolean deleting(Resource object) {
        return object.metadata().deletionTimestamp() != null;
    }
}
