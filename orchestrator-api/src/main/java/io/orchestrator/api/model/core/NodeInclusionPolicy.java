package io.orchestrator.api.model.core;

/** Known values of a node inclusion policy; others are stored just as well. */
public final class NodeInclusionPolicy {
    public static final String IGNORE = "Ignore";
    public static final String HONOR = "Honor";

    private NodeInclusionPolicy() {}
}
