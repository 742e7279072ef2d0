package io.orchestrator.api.client;

import org.jspecify.annotations.Nullable;

/**
 * How a write is made.
 *
 * @param fieldManager who writes, for {@code managedFields}; empty takes the transport's own name
 * @param dryRun validate and answer, but keep nothing
 * @param fieldValidation what unknown and duplicate fields mean
 * @param force an apply takes over fields that others manage
 * @param fence the lease without which it is not carried out; null where it hangs on none
 */
public record WriteOptions(
        String fieldManager,
        boolean dryRun,
        FieldValidation fieldValidation,
        boolean force,
        @Nullable Fence fence) {
    private static final WriteOptions DEFAULTS = new WriteOptions("", false, FieldValidation.WARN, false, null);

    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    public static WriteOptions by(String fieldManager) {
        return new WriteOptions(fieldManager, false, FieldValidation.WARN, false, null);
    }

    public WriteOptions forced() {
        return new WriteOptions(fieldManager, dryRun, fieldValidation, true, fence);
    }

    public WriteOptions dryRunOnly() {
        return new WriteOptions(fieldManager, true, fieldValidation, force, fence);
    }

    public WriteOptions validating(FieldValidation validation) {
        return new WriteOptions(fieldManager, dryRun, validation, force, fence);
    }

    /** The same write, carried out only while this lease stands. */
    public WriteOptions fencedBy(@Nullable Fence lease) {
        return new WriteOptions(fieldManager, dryRun, fieldValidation, force, lease);
    }

    /** What happens to a field that the schema does not know, or that stands there twice. */
    public enum FieldValidation {
        IGNORE,
        WARN,
        STRICT
    }
}
