package io.orchestrator.api.model.core;

/** Known values of a restart policy; others are stored just as well. */
public final class RestartPolicy {
    public static final String ALWAYS = "Always";
    public static final String ON_FAILURE = "OnFailure";
    public static final String NEVER = "Never";

    private RestartPolicy() {}
}
