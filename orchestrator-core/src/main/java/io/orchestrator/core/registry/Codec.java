package io.orchestrator.core.registry;

import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.apply.ServerSideApply;
import java.util.function.Consumer;

/**
 * What the registry needs of {@code core.codec} and {@code core.patch}. Thread-safe. What cannot be read or applied is an
 * {@link io.orchestrator.api.client.ApiException}.
 */
public interface Codec extends StoredObject.JsonForm {

    /** The object in bytes that were stored. */
    <T extends Resource> T decode(ResourceType<T> type, byte[] json);

    /** The object that somebody sent, with what a strict reader would not take. */
    <T extends Resource> Decoded<T> read(ResourceType<T> type, String json);

    /** What a patch other than an apply makes of an object. */
    Resource patched(Resource current, Patch patch, WriteOptions options, Consumer<String> warnings);

    /** The fields that a record sets, as the body of an apply patch. */
    String applied(Resource object);

    /** The codec below. */
    ObjectCodec objects();

    /** The same codec, doing applies and keeping the account of who owns which field. */
    ServerSideApply account();

    /** The value, or the refusal of what a strict reader would not take; tells of it where warnings are wanted. */
    <T> T checked(Decoded<T> decoded, Class<?> kind, WriteOptions options, Consumer<String> warnings);
}
