package io.orchestrator.api.client;

/**
 * One field that is to blame.
 *
 * @param reason such as {@code FieldValueRequired}, {@code FieldValueInvalid}, {@code FieldValueNotSupported},
 *     {@code FieldValueDuplicate}, {@code FieldValueForbidden}, {@code FieldManagerConflict}
 * @param field the path, such as {@code spec.containers[0].image}
 */
public record Cause(String reason, String field, String message) {}
