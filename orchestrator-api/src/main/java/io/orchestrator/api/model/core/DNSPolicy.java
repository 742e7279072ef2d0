package io.orchestrator.api.model.core;

/** Known values of a dns policy; others are stored just as well. */
public final class DNSPolicy {
    public static final String CLUSTER_FIRST_WITH_HOST_NET = "ClusterFirstWithHostNet";
    public static final String CLUSTER_FIRST = "ClusterFirst";
    public static final String DEFAULT = "Default";
    public static final String NONE = "None";

    private DNSPolicy() {}
}
