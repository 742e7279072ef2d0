package io.orchestrator.api.model.core;

/** Known values of a termination message policy; others are stored just as well. */
public final class TerminationMessagePolicy {
    public static final String FILE = "File";
    public static final String FALLBACK_TO_LOGS_ON_ERROR = "FallbackToLogsOnError";

    private TerminationMessagePolicy() {}
}
