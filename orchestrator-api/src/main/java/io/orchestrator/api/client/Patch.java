package io.orchestrator.api.client;

/**
 * A change of part of an object.
 *
 * @param body JSON; an apply patch may also be YAML
 */
public record Patch(Type type, String body) {

    public static Patch json(String operations) {
        return new Patch(Type.JSON, operations);
    }

    public static Patch merge(String body) {
        return new Patch(Type.MERGE, body);
    }

    public static Patch strategic(String body) {
        return new Patch(Type.STRATEGIC, body);
    }

    public static Patch apply(String body) {
        return new Patch(Type.APPLY, body);
    }

    /** How the body is understood. */
    public enum Type {
        /** RFC 6902. */
        JSON("application/json-patch+json"),
        /** RFC 7396. */
        MERGE("application/merge-patch+json"),
        /** Kubernetes' own: lists are merged by key as the schema says. */
        STRATEGIC("application/strategic-merge-patch+json"),
        /** Server-side apply: the body is what the field manager wants. */
        APPLY("application/apply-patch+yaml");

        private final String mediaType;

        Type(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }
}
