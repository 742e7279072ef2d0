package io.orchestrator.api.meta;

/** Values of deletion propagation. */
public final class DeletionPropagation {
    public static final String ORPHAN = "Orphan";
    public static final String BACKGROUND = "Background";
    public static final String FOREGROUND = "Foreground";

    private DeletionPropagation() {}
}
