package io.orchestrator.core.control.deployment;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.apps.DeploymentSpec;
import io.orchestrator.api.model.apps.DeploymentStrategyType;
import io.orchestrator.api.model.apps.RollingUpdateDeployment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a roll-out may stray from the number of replicas.
 *
 * @param maxSurge how many pods more than wanted there may be
 * @param maxUnavailable how many pods fewer than wanted may be available
 */
record RolloutLimits(int maxSurge, int maxUnavailable) {
    private static final IntOrString QUARTER = IntOrString.of("25%");
    private static final RolloutLimits NONE = new RolloutLimits(0, 0);

    /** Percentages of surge are rounded up, those of unavailability down; where both come to nothing, one may be missing. */
    static RolloutLimits of(DeploymentSpec spec) {
        if (!spec.strategy().type().equals(DeploymentStrategyType.ROLLING_UPDATE)) {
            return NONE;
        }
        int replicas = Objects.requireNonNullElse(spec.replicas(), 1);
        RollingUpdateDeployment rolling = spec.strategy().rollingUpdate();
        int surge = orQuarter(rolling == null ? null : rolling.maxSurge()).scaled(replicas, true);
        int unavailable =
                orQuarter(rolling == null ? null : rolling.maxUnavailable()).scaled(replicas, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new RolloutLimits(surge, Math.min(unavailable, replicas));
    }

    private static IntOrString orQuarter(@Nullable IntOrString given) {
        return Objects.requireNonNullElse(given, QUARTER);
    }
}
