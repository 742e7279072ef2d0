package io.orchestrator.api.model.core;

/** Values of restart policy. */
public final class RestartPolicy {
    public static final String ALWAYS = "Always";
    public static final String ON_FAILURE = "OnFailure";
    public static final String NEVER = "Never";

    private RestartPolicy() {}
}
