package io.orchestrator.core.patch.apply;

/**
 * Who writes, and through which door.
 *
 * @param name as the request or its user agent gives it
 * @param subresource such as {@code status}; empty for the object itself
 */
public record FieldManager(String name, String subresource) {
    public static FieldManager named(String name) {
        return new FieldManager(name, "");
    }
}
