package io.orchestrator.api.model.autoscaling;

/** Known values of a hpa scaling policy type; others are stored just as well. */
public final class HPAScalingPolicyType {
    public static final String PODS = "Pods";
    public static final String PERCENT = "Percent";

    private HPAScalingPolicyType() {}
}
