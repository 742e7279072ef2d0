package io.orchestrator.api.model.core;

/** Known values of a service type; others are stored just as well. */
public final class ServiceType {
    public static final String CLUSTER_IP = "ClusterIP";
    public static final String NODE_PORT = "NodePort";
    public static final String LOAD_BALANCER = "LoadBalancer";
    public static final String EXTERNAL_NAME = "ExternalName";

    private ServiceType() {}
}
