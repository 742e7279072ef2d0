package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatus;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.AutoscalingDefaults;
import io.orchestrator.core.registry.validation.AutoscalingValidation;
import java.util.List;

/** What sizes workloads. */
final class AutoscalingKinds {
    private AutoscalingKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(autoscaler());
    }

    private static ResourceStrategy<HorizontalPodAutoscaler> autoscaler() {
        return ResourceStrategy.of(HorizontalPodAutoscaler.TYPE)
                .validation(AutoscalingValidation::autoscaler)
                .defaults(AutoscalingDefaults::of)
                .prepareCreate(scaler -> scaler.withStatus(HorizontalPodAutoscalerStatus.EMPTY))
                .status((scaler, source) -> scaler.withStatus(source.status()))
                .build();
    }
}
