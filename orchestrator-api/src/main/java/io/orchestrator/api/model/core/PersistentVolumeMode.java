package io.orchestrator.api.model.core;

/** Values of persistent volume mode. */
public final class PersistentVolumeMode {
    public static final String BLOCK = "Block";
    public static final String FILESYSTEM = "Filesystem";

    private PersistentVolumeMode() {}
}
