package io.orchestrator.api.model.core;

/** Values of service internal traffic policy. */
public final class ServiceInternalTrafficPolicy {
    public static final String CLUSTER = "Cluster";
    public static final String LOCAL = "Local";

    private ServiceInternalTrafficPolicy() {}
}
