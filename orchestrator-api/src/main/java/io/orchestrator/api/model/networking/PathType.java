package io.orchestrator.api.model.networking;

/** Known values of a path type; others are stored just as well. */
public final class PathType {
    public static final String EXACT = "Exact";
    public static final String PREFIX = "Prefix";
    public static final String IMPLEMENTATION_SPECIFIC = "ImplementationSpecific";

    private PathType() {}
}
