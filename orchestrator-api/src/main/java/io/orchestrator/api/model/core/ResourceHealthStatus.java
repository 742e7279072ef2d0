package io.orchestrator.api.model.core;

/** Known values of a resource health status; others are stored just as well. */
public final class ResourceHealthStatus {
    public static final String HEALTHY = "Healthy";
    public static final String UNHEALTHY = "Unhealthy";
    public static final String UNKNOWN = "Unknown";

    private ResourceHealthStatus() {}
}
