package io.orchestrator.api.model.batch;

/** Known values of a concurrency policy; others are stored just as well. */
public final class ConcurrencyPolicy {
    public static final String ALLOW = "Allow";
    public static final String FORBID = "Forbid";
    public static final String REPLACE = "Replace";

    private ConcurrencyPolicy() {}
}
