package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.Patch;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.ObjectCodec;

/** JSON, merge and strategic patches of records. Thread-safe. */
public final class ObjectPatcher {
    private final ObjectCodec codec;

    public ObjectPatcher(ObjectCodec codec) {
        this.codec = codec;
    }

    /**
     * The object as the patch would have it. Kind and API version that the patch may have set come with it, for the caller to
     * compare.
     *
     * @throws PatchException when the patch is malformed or does not fit the object
     * @throws DecodeException when what comes out is not of this kind any more
     * @throws IllegalArgumentException for an apply patch, which is not merged but owned
     */
    public <T> Decoded<T> patch(T object, Patch patch) {
        JsonNode changes = codec.trees().parse(patch.body());
        JsonNode current = codec.toTree(object);
        JsonNode patched = switch (patch.type()) {
            case JSON -> JsonPatch.of(changes).apply(current);
            case MERGE -> MergePatch.apply(current, changes);
            case STRATEGIC ->
                StrategicMergePatch.apply(current, changes, codec.schemas().of(object.getClass()));
            case APPLY -> throw new IllegalArgumentException("an apply patch goes through server-side apply");
        };
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) object.getClass();
        return codec.read(patched, type);
    }
}
