package io.orchestrator.api.model.autoscaling;

/** Known values of a horizontal pod autoscaler condition type; others are stored just as well. */
public final class HorizontalPodAutoscalerConditionType {
    public static final String SCALING_ACTIVE = "ScalingActive";
    public static final String ABLE_TO_SCALE = "AbleToScale";
    public static final String SCALING_LIMITED = "ScalingLimited";

    private HorizontalPodAutoscalerConditionType() {}
}
