package io.orchestrator.core.registry;

import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.function.Consumer;

/**
 * What the registry needs of {@code core.codec} and {@code core.patch}. Thread-safe. What cannot be read or applied is an
 * {@link io.orchestrator.api.client.ApiException}.
 */
public interface Codec extends StoredObject.JsonForm {

    /** The object in bytes that were stored. */
    <T extends Resource> T decode(ResourceType<T> type, byte[] json);

    /** The object that an apply patch describes. */
    <T extends Resource> T decode(ResourceType<T> type, Patch patch, WriteOptions options, Consumer<String> warnings);

    /** What a patch makes of an object. */
    Resource patched(Resource current, Patch patch, WriteOptions options, Consumer<String> warnings);

    /** The fields that a record sets, as the body of an apply patch. */
    String applied(Resource object);
}
