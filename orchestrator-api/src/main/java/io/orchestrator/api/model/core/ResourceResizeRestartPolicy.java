package io.orchestrator.api.model.core;

/** Known values of a resource resize restart policy; others are stored just as well. */
public final class ResourceResizeRestartPolicy {
    public static final String NOT_REQUIRED = "NotRequired";
    public static final String RESTART_CONTAINER = "RestartContainer";

    private ResourceResizeRestartPolicy() {}
}
