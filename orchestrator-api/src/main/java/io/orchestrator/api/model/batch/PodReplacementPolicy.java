package io.orchestrator.api.model.batch;

/** Values of pod replacement policy. */
public final class PodReplacementPolicy {
    public static final String TERMINATING_OR_FAILED = "TerminatingOrFailed";
    public static final String FAILED = "Failed";

    private PodReplacementPolicy() {}
}
