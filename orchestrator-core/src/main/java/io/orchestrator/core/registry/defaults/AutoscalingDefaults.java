package io.orchestrator.core.registry.defaults;

import static java.util.Objects.requireNonNullElse;

import io.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import io.orchestrator.api.model.autoscaling.HPAScalingPolicyType;
import io.orchestrator.api.model.autoscaling.HPAScalingRules;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpecBuilder;
import io.orchestrator.api.model.autoscaling.MetricSourceType;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricSpecBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetType;
import io.orchestrator.api.model.autoscaling.ResourceMetricSource;
import io.orchestrator.api.model.autoscaling.ScalingPolicySelect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for autoscalers. */
public final class AutoscalingDefaults {
    private static final int CPU_PERCENT = 80;

    /** Up at once: by four pods or to the double every 15 seconds, whichever is more. */
    private static final HPAScalingRules UP = new HPAScalingRules(
            0,
            ScalingPolicySelect.MAX,
            List.of(
                    new HPAScalingPolicy(HPAScalingPolicyType.PODS, 4, 15),
                    new HPAScalingPolicy(HPAScalingPolicyType.PERCENT, 100, 15)));

    /** Down to the minimum at once; how long to wait before is a setting of the controller. */
    private static final HPAScalingRules DOWN = new HPAScalingRules(
            null, ScalingPolicySelect.MAX, List.of(new HPAScalingPolicy(HPAScalingPolicyType.PERCENT, 100, 15)));

    private AutoscalingDefaults() {}

    public static HorizontalPodAutoscaler of(HorizontalPodAutoscaler scaler) {
        HorizontalPodAutoscalerSpec spec = scaler.spec();
        return scaler.withSpec(HorizontalPodAutoscalerSpecBuilder.builder(spec)
                .minReplicas(requireNonNullElse(spec.minReplicas(), 1))
                .metrics(spec.metrics().isEmpty() ? List.of(cpu()) : spec.metrics())
                .behavior(of(spec.behavior()))
                .build());
    }

    private static MetricSpec cpu() {
        return MetricSpecBuilder.builder()
                .type(MetricSourceType.RESOURCE)
                .resource(new ResourceMetricSource(
                        "cpu",
                        MetricTargetBuilder.builder()
                                .type(MetricTargetType.UTILIZATION)
                                .averageUtilization(CPU_PERCENT)
                                .build()))
                .build();
    }

    private static @Nullable HorizontalPodAutoscalerBehavior of(@Nullable HorizontalPodAutoscalerBehavior behavior) {
        return behavior == null
                ? null
                : new HorizontalPodAutoscalerBehavior(over(behavior.scaleUp(), UP), over(behavior.scaleDown(), DOWN));
    }

    private static HPAScalingRules over(@Nullable HPAScalingRules given, HPAScalingRules otherwise) {
        if (given == null) {
            return otherwise;
        }
        return new HPAScalingRules(
                given.stabilizationWindowSeconds() == null
                        ? otherwise.stabilizationWindowSeconds()
                        : given.stabilizationWindowSeconds(),
                given.selectPolicy() == null ? otherwise.selectPolicy() : given.selectPolicy(),
                given.policies().isEmpty() ? otherwise.policies() : given.policies());
    }
}
