package io.orchestrator.api.client;

/**
 * How a write is made.
 *
 * @param fieldManager who writes, for {@code managedFields}; empty takes the transport's own name
 * @param dryRun validate and answer, but keep nothing
 * @param fieldValidation what unknown and duplicate fields mean
 * @param force an apply takes over fields that others manage
 */
public record WriteOptions(String fieldManager, boolean dryRun, FieldValidation fieldValidation, boolean force) {
    private static final WriteOptions DEFAULTS = new WriteOptions("", false, FieldValidation.WARN, false);

    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    public static WriteOptions by(String fieldManager) {
        return new WriteOptions(fieldManager, false, FieldValidation.WARN, false);
    }

    public WriteOptions forced() {
        return new WriteOptions(fieldManager, dryRun, fieldValidation, true);
    }

    public WriteOptions dryRunOnly() {
        return new WriteOptions(fieldManager, true, fieldValidation, force);
    }

    public WriteOptions validating(FieldValidation validation) {
        return new WriteOptions(fieldManager, dryRun, validation, force);
    }

    /** What happens to a field that the schema does not know, or that stands there twice. */
    public enum FieldValidation {
        IGNORE,
        WARN,
        STRICT
    }
}
