package io.orchestrator.api.model.core;

/** Known values of a service external traffic policy; others are stored just as well. */
public final class ServiceExternalTrafficPolicy {
    public static final String CLUSTER = "Cluster";
    public static final String LOCAL = "Local";

    private ServiceExternalTrafficPolicy() {}
}
