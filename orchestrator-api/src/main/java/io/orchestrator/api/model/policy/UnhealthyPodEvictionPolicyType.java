package io.orchestrator.api.model.policy;

/** Known values of an unhealthy pod eviction policy type; others are stored just as well. */
public final class UnhealthyPodEvictionPolicyType {
    public static final String IF_HEALTHY_BUDGET = "IfHealthyBudget";
    public static final String ALWAYS_ALLOW = "AlwaysAllow";

    private UnhealthyPodEvictionPolicyType() {}
}
