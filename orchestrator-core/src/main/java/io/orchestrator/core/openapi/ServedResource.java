package io.orchestrator.core.openapi;

import io.orchestrator.api.meta.ResourceType;
import java.util.List;
import java.util.Set;

/**
 * A kind that a server serves.
 *
 * @param verbs as in discovery: {@code create}, {@code get}, {@code list}, {@code watch}, {@code update}, {@code patch},
 *     {@code delete}, {@code deletecollection}
 */
public record ServedResource(ResourceType<?> type, Set<String> verbs, List<Part> parts) {
    public ServedResource {
        verbs = Set.copyOf(verbs);
        parts = List.copyOf(parts);
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
