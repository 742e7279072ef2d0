package io.orchestrator.api.model.core;

/** Values of persistent volume reclaim policy. */
public final class PersistentVolumeReclaimPolicy {
    public static final String RECYCLE = "Recycle";
    public static final String DELETE = "Delete";
    public static final String RETAIN = "Retain";

    private PersistentVolumeReclaimPolicy() {}
}
