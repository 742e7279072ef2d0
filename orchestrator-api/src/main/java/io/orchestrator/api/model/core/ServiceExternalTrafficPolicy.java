package io.orchestrator.api.model.core;

/** Values of service external traffic policy. */
public final class ServiceExternalTrafficPolicy {
    public static final String CLUSTER = "Cluster";
    public static final String LOCAL = "Local";

    private ServiceExternalTrafficPolicy() {}
}
