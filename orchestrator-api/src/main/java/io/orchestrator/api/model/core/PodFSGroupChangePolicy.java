package io.orchestrator.api.model.core;

/** Known values of a pod fs group change policy; others are stored just as well. */
public final class PodFSGroupChangePolicy {
    public static final String ON_ROOT_MISMATCH = "OnRootMismatch";
    public static final String ALWAYS = "Always";

    private PodFSGroupChangePolicy() {}
}
