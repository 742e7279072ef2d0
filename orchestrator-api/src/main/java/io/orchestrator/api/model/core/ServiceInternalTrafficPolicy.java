package io.orchestrator.api.model.core;

/** Known values of a service internal traffic policy; others are stored just as well. */
public final class ServiceInternalTrafficPolicy {
    public static final String CLUSTER = "Cluster";
    public static final String LOCAL = "Local";

    private ServiceInternalTrafficPolicy() {}
}
