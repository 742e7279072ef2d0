package io.orchestrator.api.model.core;

/** Known values of a persistent volume mode; others are stored just as well. */
public final class PersistentVolumeMode {
    public static final String BLOCK = "Block";
    public static final String FILESYSTEM = "Filesystem";

    private PersistentVolumeMode() {}
}
