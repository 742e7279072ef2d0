package io.orchestrator.core.control.autoscale;

import java.time.Duration;

/**
 * How autoscalers work, as the options of Kubernetes' controller manager have it.
 *
 * @param period between two looks at the metrics
 * @param tolerance a metric that is off its target by no more than this share asks for nothing
 * @param downscaleStabilisation how far back former recommendations are looked at before a size shrinks, unless the autoscaler
 *     says otherwise
 * @param cpuInitialisation how long after its start a pod may use more CPU than it will later
 * @param initialReadinessDelay how long after its start a pod's first readiness may come
 */
public record AutoscalerSettings(
        Duration period,
        double tolerance,
        Duration downscaleStabilisation,
        Duration cpuInitialisation,
        Duration initialReadinessDelay) {
    private static final AutoscalerSettings DEFAULTS = new AutoscalerSettings(
            Duration.ofSeconds(15), 0.1, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(30));

    public AutoscalerSettings {
        if (period.isZero() || period.isNegative() || tolerance < 0) {
            throw new IllegalArgumentException("not a period and a tolerance: " + period + ", " + tolerance);
        }
    }

    /** Those of Kubernetes. */
    public static AutoscalerSettings defaults() {
        return DEFAULTS;
    }
}
