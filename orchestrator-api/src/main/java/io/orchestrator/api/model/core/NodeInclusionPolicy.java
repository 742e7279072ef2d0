package io.orchestrator.api.model.core;

/** Values of node inclusion policy. */
public final class NodeInclusionPolicy {
    public static final String IGNORE = "Ignore";
    public static final String HONOR = "Honor";

    private NodeInclusionPolicy() {}
}
