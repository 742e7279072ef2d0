package io.orchestrator.api.model.batch;

/** Known values of a pod replacement policy; others are stored just as well. */
public final class PodReplacementPolicy {
    public static final String TERMINATING_OR_FAILED = "TerminatingOrFailed";
    public static final String FAILED = "Failed";

    private PodReplacementPolicy() {}
}
