package io.orchestrator.api.model.networking;

/** Known values of a policy type; others are stored just as well. */
public final class PolicyType {
    public static final String INGRESS = "Ingress";
    public static final String EGRESS = "Egress";

    private PolicyType() {}
}
