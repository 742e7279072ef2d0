package io.orchestrator.api.model.core;

/** Values of termination message policy. */
public final class TerminationMessagePolicy {
    public static final String FILE = "File";
    public static final String FALLBACK_TO_LOGS_ON_ERROR = "FallbackToLogsOnError";

    private TerminationMessagePolicy() {}
}
