package io.orchestrator.api.model.batch;

/** Known values of a completion mode; others are stored just as well. */
public final class CompletionMode {
    public static final String NON_INDEXED = "NonIndexed";
    public static final String INDEXED = "Indexed";

    private CompletionMode() {}
}
