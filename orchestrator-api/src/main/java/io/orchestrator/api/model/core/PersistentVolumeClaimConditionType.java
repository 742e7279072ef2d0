package io.orchestrator.api.model.core;

/** Known values of a persistent volume claim condition type; others are stored just as well. */
public final class PersistentVolumeClaimConditionType {
    public static final String RESIZING = "Resizing";
    public static final String FILE_SYSTEM_RESIZE_PENDING = "FileSystemResizePending";
    public static final String CONTROLLER_RESIZE_ERROR = "ControllerResizeError";
    public static final String NODE_RESIZE_ERROR = "NodeResizeError";
    public static final String MODIFY_VOLUME_ERROR = "ModifyVolumeError";
    public static final String MODIFYING_VOLUME = "ModifyingVolume";

    private PersistentVolumeClaimConditionType() {}
}
