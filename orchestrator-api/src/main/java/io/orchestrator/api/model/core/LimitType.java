package io.orchestrator.api.model.core;

/** Known values of a limit type; others are stored just as well. */
public final class LimitType {
    public static final String POD = "Pod";
    public static final String CONTAINER = "Container";
    public static final String PERSISTENT_VOLUME_CLAIM = "PersistentVolumeClaim";

    private LimitType() {}
}
