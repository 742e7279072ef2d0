package io.orchestrator.api.model.core;

/** Known values of a service affinity; others are stored just as well. */
public final class ServiceAffinity {
    public static final String CLIENT_IP = "ClientIP";
    public static final String NONE = "None";

    private ServiceAffinity() {}
}
