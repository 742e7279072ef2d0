package io.orchestrator.api.meta;

/** Known values of a deletion propagation; others are stored just as well. */
public final class DeletionPropagation {
    public static final String ORPHAN = "Orphan";
    public static final String BACKGROUND = "Background";
    public static final String FOREGROUND = "Foreground";

    private DeletionPropagation() {}
}
