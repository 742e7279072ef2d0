package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** About how many bytes a tree takes as JSON, found out within bounded time and depth. */
final class TreeSize {
    private TreeSize() {}

    /**
     * Stops counting soon after the limit.
     *
     * @throws PatchException when the tree has more levels
     */
    static long of(JsonNode tree, long limit, int levels) {
        if (levels < 0) {
            throw PatchException.rejected("the patched object would be nested too deep");
        }
        long size = tree.isContainerNode() ? 2 : 1 + tree.asText().length();
        if (tree.isObject()) {
            for (var field : tree.properties()) {
                size += 4 + field.getKey().length() + of(field.getValue(), limit - size, levels - 1);
                if (size > limit) {
                    break;
                }
            }
        } else if (tree.isArray()) {
            for (JsonNode item : tree) {
                size += 1 + of(item, limit - size, levels - 1);
                if (size > limit) {
                    break;
                }
            }
        }
        return size;
    }
}
