package io.orchestrator.api.model.core;

/** Known values of a persistent volume reclaim policy; others are stored just as well. */
public final class PersistentVolumeReclaimPolicy {
    public static final String RECYCLE = "Recycle";
    public static final String DELETE = "Delete";
    public static final String RETAIN = "Retain";

    private PersistentVolumeReclaimPolicy() {}
}
