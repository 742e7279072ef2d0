package io.orchestrator.api.model.batch;

/** Values of completion mode. */
public final class CompletionMode {
    public static final String NON_INDEXED = "NonIndexed";
    public static final String INDEXED = "Indexed";

    private CompletionMode() {}
}
