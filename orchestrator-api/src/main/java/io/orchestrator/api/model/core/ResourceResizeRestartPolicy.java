package io.orchestrator.api.model.core;

/** Values of resource resize restart policy. */
public final class ResourceResizeRestartPolicy {
    public static final String NOT_REQUIRED = "NotRequired";
    public static final String RESTART_CONTAINER = "RestartContainer";

    private ResourceResizeRestartPolicy() {}
}
