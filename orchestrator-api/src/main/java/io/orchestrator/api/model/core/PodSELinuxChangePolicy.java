package io.orchestrator.api.model.core;

/** Known values of a pod se linux change policy; others are stored just as well. */
public final class PodSELinuxChangePolicy {
    public static final String RECURSIVE = "Recursive";
    public static final String MOUNT_OPTION = "MountOption";

    private PodSELinuxChangePolicy() {}
}
