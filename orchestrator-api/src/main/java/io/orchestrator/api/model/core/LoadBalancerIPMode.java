package io.orchestrator.api.model.core;

/** Values of load balancer ip mode. */
public final class LoadBalancerIPMode {
    public static final String VIP = "VIP";
    public static final String PROXY = "Proxy";

    private LoadBalancerIPMode() {}
}
