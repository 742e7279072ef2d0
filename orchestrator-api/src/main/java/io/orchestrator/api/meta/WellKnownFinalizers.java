package io.orchestrator.api.meta;

/** Finalizers that the garbage collector acts on. */
public final class WellKnownFinalizers {
    /** Dependents must lose their owner reference first. */
    public static final String ORPHAN = "orphan";

    /** Dependents that block must go first. */
    public static final String FOREGROUND_DELETION = "foregroundDeletion";

    private WellKnownFinalizers() {}
}
