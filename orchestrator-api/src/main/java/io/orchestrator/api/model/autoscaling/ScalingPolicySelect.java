package io.orchestrator.api.model.autoscaling;

/** Known values of a scaling policy select; others are stored just as well. */
public final class ScalingPolicySelect {
    public static final String MAX = "Max";
    public static final String MIN = "Min";
    public static final String DISABLED = "Disabled";

    private ScalingPolicySelect() {}
}
