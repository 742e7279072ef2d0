package io.orchestrator.core.control.autoscale;

import io.orchestrator.core.control.scale.ScaleTargets;
import io.orchestrator.spi.metrics.CustomMetrics;
import java.util.function.LongSupplier;

/** What each look at the metrics works with. */
record SizingParts(
        ScaleTargets targets,
        ResourceMetrics resources,
        CustomMetrics custom,
        AutoscalerSettings settings,
        LongSupplier nanoTime,
        ScalingHistory history,
        TargetSelectors selectors) {}
