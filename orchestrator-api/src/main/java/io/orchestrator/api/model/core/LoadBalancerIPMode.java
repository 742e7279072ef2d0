package io.orchestrator.api.model.core;

/** Known values of a load balancer ip mode; others are stored just as well. */
public final class LoadBalancerIPMode {
    public static final String VIP = "VIP";
    public static final String PROXY = "Proxy";

    private LoadBalancerIPMode() {}
}
