package io.orchestrator.api.model.core;

/** Values of pod se linux change policy. */
public final class PodSELinuxChangePolicy {
    public static final String RECURSIVE = "Recursive";
    public static final String MOUNT_OPTION = "MountOption";

    private PodSELinuxChangePolicy() {}
}
