package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 7396: objects are merged, everything else is replaced, null removes. */
public final class MergePatch {
    private MergePatch() {}

    /**
     * Returns the patched tree; neither argument changes, and the result shares no node with them.
     *
     * @throws PatchException when the patch is not an object
     */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode object)) {
            throw PatchException.malformed("a merge patch must be a JSON object");
        }
        return merge(target, object);
    }

    private static ObjectNode merge(JsonNode target, ObjectNode patch) {
        ObjectNode merged = target instanceof ObjectNode object ? object.deepCopy() : patch.objectNode();
        mergeInto(merged, patch);
        return merged;
    }

    private static void mergeInto(ObjectNode merged, ObjectNode patch) {
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (field.getValue().isNull()) {
                merged.remove(name);
            } else if (field.getValue() instanceof ObjectNode change) {
                ObjectNode inner = merged.get(name) instanceof ObjectNode old ? old : merged.putObject(name);
                mergeInto(inner, change);
            } else {
                merged.set(name, field.getValue().deepCopy());
            }
        });
    }
}
