package io.orchestrator.api.model.batch;

/** Values of concurrency policy. */
public final class ConcurrencyPolicy {
    public static final String ALLOW = "Allow";
    public static final String FORBID = "Forbid";
    public static final String REPLACE = "Replace";

    private ConcurrencyPolicy() {}
}
