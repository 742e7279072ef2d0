package io.orchestrator.api.model.core;

/** Values of service affinity. */
public final class ServiceAffinity {
    public static final String CLIENT_IP = "ClientIP";
    public static final String NONE = "None";

    private ServiceAffinity() {}
}
