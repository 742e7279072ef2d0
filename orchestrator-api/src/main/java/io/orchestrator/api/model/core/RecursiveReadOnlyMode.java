package io.orchestrator.api.model.core;

/** Values of recursive read only mode. */
public final class RecursiveReadOnlyMode {
    public static final String DISABLED = "Disabled";
    public static final String IF_POSSIBLE = "IfPossible";
    public static final String ENABLED = "Enabled";

    private RecursiveReadOnlyMode() {}
}
