package io.orchestrator.api.model.core;

/** Known values of a recursive read only mode; others are stored just as well. */
public final class RecursiveReadOnlyMode {
    public static final String DISABLED = "Disabled";
    public static final String IF_POSSIBLE = "IfPossible";
    public static final String ENABLED = "Enabled";

    private RecursiveReadOnlyMode() {}
}
