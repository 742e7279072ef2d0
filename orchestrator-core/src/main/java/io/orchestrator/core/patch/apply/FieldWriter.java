package io.orchestrator.core.patch.apply;

/**
 * Who writes, and through which door: what Kubernetes calls a field manager.
 *
 * @param name as the request or its user agent gives it
 * @param subresource such as {@code status}; empty for the object itself
 */
public record FieldWriter(String name, String subresource) {
    public static FieldWriter named(String name) {
        return new FieldWriter(name, "");
    }
}
