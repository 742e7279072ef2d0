package io.orchestrator.api.model.core;

/** Values of limit type. */
public final class LimitType {
    public static final String POD = "Pod";
    public static final String CONTAINER = "Container";
    public static final String PERSISTENT_VOLUME_CLAIM = "PersistentVolumeClaim";

    private LimitType() {}
}
