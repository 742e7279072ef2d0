package io.orchestrator.api.model.core;

/** Values of pod fs group change policy. */
public final class PodFSGroupChangePolicy {
    public static final String ON_ROOT_MISMATCH = "OnRootMismatch";
    public static final String ALWAYS = "Always";

    private PodFSGroupChangePolicy() {}
}
