package io.orchestrator.core.openapi;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind that a server serves.
 *
 * @param verbs as in discovery: {@code create}, {@code get}, {@code list}, {@code watch}, {@code update}, {@code patch},
 *     {@code delete}, {@code deletecollection}
 * @param structure the schema of a custom resource; null for a kind that has a record
 */
public record ServedResource(
        ResourceType<?> type,
        Set<String> verbs,
        List<Part> parts,
        @Nullable StructuralSchema structure) {
    public ServedResource {
        verbs = Set.copyOf(verbs);
        parts = List.copyOf(parts);
    }

    public ServedResource(ResourceType<?> type, Set<String> verbs, List<Part> parts) {
        this(type, verbs, parts, null);
    }

    /**
     * A subresource.
     *
     * @param body the kind that is read and written there
     */
    public record Part(String name, ResourceType<?> body, Set<String> verbs) {
        public Part {
            verbs = Set.copyOf(verbs);
        }
    }

    /** {@code api/v1} or {@code apis/apps/v1}: the key of its document. */
    String groupVersionPath() {
        return type.group().isEmpty() ? "api/" + type.version() : "apis/" + type.apiVersion();
    }
}
