package io.orchestrator.core.control.garbage;

/** The finalizers by which a deletion says what becomes of dependents. */
final class Finalizers {
    /** The object stays until its blocking dependents are gone. */
    static final String FOREGROUND = "foregroundDeletion";
    /** The object stays until its dependents no longer name it. */
    static final String ORPHAN = "orphan";

    private Finalizers() {}
}
