package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.model.autoscaling.HPAScalingRules;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a size from following every whim of the metrics: it grows no further than the least, and shrinks no further than the
 * most, that was wanted within the window of that direction. Pure.
 */
final class Stabilisation {
    private Stabilisation() {}

    /**
     * @param behaviour what the autoscaler says of it; null where it says nothing
     * @param wanted what the metrics ask for now
     * @param recommendations what they asked for before
     * @return the size to go on with, and the condition AbleToScale that tells of it
     */
    static Step of(
            @Nullable HorizontalPodAutoscalerBehavior behaviour,
            int current,
            int wanted,
            Collection<Moment> recommendations,
            AutoscalerSettings settings,
            long now) {
        long back = settings.downscaleStabilisation().toSeconds();
        if (behaviour == null) {
            int most = most(wanted, recommendations, back, now);
            return most == wanted ? steady(wanted) : lessLater(most);
        }
        int least = wanted;
        for (Moment moment : recommendations) {
            if (moment.isWithin(window(behaviour.scaleUp(), 0), now)) {
                least = Math.min(least, moment.amount());
            }
        }
        int most = most(wanted, recommendations, window(behaviour.scaleDown(), back), now);
        int steady = Math.min(Math.max(current, least), most);
        if (steady == wanted) {
            return steady(wanted);
        }
        return wanted >= current
                ? new Step(
                        steady,
                        "ScaleUpStabilized",
                        "recent recommendations were lower than current one, applying the lowest recent recommendation")
                : lessLater(steady);
    }

    private static int most(int wanted, Collection<Moment> recommendations, long seconds, long now) {
        return recommendations.stream()
                .filter(moment -> moment.isWithin(seconds, now))
                .mapToInt(Moment::amount)
                .reduce(wanted, Math::max);
    }

    private static Step steady(int wanted) {
        return new Step(wanted, "ReadyForNewScale", "recommended size matches current size");
    }

    private static Step lessLater(int replicas) {
        return new Step(
                replicas,
                "ScaleDownStabilized",
                "recent recommendations were higher than current one, applying the highest recent recommendation");
    }

    private static long window(@Nullable HPAScalingRules rules, long otherwise) {
        Integer seconds = rules == null ? null : rules.stabilizationWindowSeconds();
        return seconds == null ? otherwise : seconds;
    }
}
