package io.orchestrator.api.model.core;

/** Values of resource health status. */
public final class ResourceHealthStatus {
    public static final String HEALTHY = "Healthy";
    public static final String UNHEALTHY = "Unhealthy";
    public static final String UNKNOWN = "Unknown";

    private ResourceHealthStatus() {}
}
