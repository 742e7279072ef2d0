package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import io.orchestrator.api.model.autoscaling.HPAScalingPolicyType;
import io.orchestrator.api.model.autoscaling.HPAScalingRules;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import io.orchestrator.api.model.autoscaling.ScalingPolicySelect;
import java.util.Collection;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/** How fast a size may change, and between which bounds. Pure. */
final class ScalingRate {
    private static final int DOUBLED = 2;
    private static final int AT_LEAST = 4;
    private static final double PERCENT = 100;

    private ScalingRate() {}

    /**
     * @param wanted the size that is wanted
     * @param changes what was done to the size of late
     * @return the size that is allowed, and the condition ScalingLimited that tells of it: false where it is the one that is wanted
     */
    static Step limit(HorizontalPodAutoscalerSpec spec, int current, int wanted, Collection<Moment> changes, long now) {
        HorizontalPodAutoscalerBehavior behaviour = spec.behavior();
        int least = Objects.requireNonNullElse(spec.minReplicas(), 1);
        if (behaviour == null) {
            int fastest = Math.max(DOUBLED * current, AT_LEAST);
            return wanted < least ? tooFew(least) : atMost(wanted, fastest, spec.maxReplicas());
        }
        if (wanted > current) {
            int fastest = Math.max(current, up(behaviour.scaleUp(), current, changes, now));
            return atMost(wanted, fastest, spec.maxReplicas());
        }
        if (wanted < current) {
            int fastest = Math.min(current, down(behaviour.scaleDown(), current, changes, now));
            return atLeast(wanted, fastest, least);
        }
        return within(wanted);
    }

    private static Step atMost(int wanted, int fastest, int max) {
        if (wanted <= Math.min(fastest, max)) {
            return within(wanted);
        }
        return max > fastest
                ? new Step(
                        fastest,
                        "ScaleUpLimit",
                        "the desired replica count is increasing faster than the maximum scale rate")
                : new Step(max, "TooManyReplicas", "the desired replica count is more than the maximum replica count");
    }

    private static Step atLeast(int wanted, int fastest, int min) {
        if (wanted >= Math.max(fastest, min)) {
            return within(wanted);
        }
        return min < fastest
                ? new Step(
                        fastest,
                        "ScaleDownLimit",
                        "the desired replica count is decreasing faster than the maximum scale rate")
                : tooFew(min);
    }

    private static Step within(int wanted) {
        return new Step(wanted, "DesiredWithinRange", "the desired count is within the acceptable range");
    }

    private static Step tooFew(int min) {
        return new Step(min, "TooFewReplicas", "the desired replica count is less than the minimum replica count");
    }

    private static int up(@Nullable HPAScalingRules rules, int current, Collection<Moment> changes, long now) {
        if (rules == null || ScalingPolicySelect.DISABLED.equals(rules.selectPolicy())) {
            return current;
        }
        IntBinaryOperator choice = ScalingPolicySelect.MIN.equals(rules.selectPolicy()) ? Math::min : Math::max;
        return rules.policies().stream()
                .mapToInt(policy -> {
                    int start = current - changed(policy, changes, now);
                    return isPercent(policy)
                            ? (int) Math.ceil(start * (1 + policy.value() / PERCENT))
                            : start + policy.value();
                })
                .reduce(choice)
                .orElse(current);
    }

    private static int down(@Nullable HPAScalingRules rules, int current, Collection<Moment> changes, long now) {
        if (rules == null || ScalingPolicySelect.DISABLED.equals(rules.selectPolicy())) {
            return current;
        }
        // The least change leaves the most pods.
        IntBinaryOperator choice = ScalingPolicySelect.MIN.equals(rules.selectPolicy()) ? Math::max : Math::min;
        return rules.policies().stream()
                .mapToInt(policy -> {
                    int start = current - changed(policy, changes, now);
                    return isPercent(policy) ? (int) (start * (1 - policy.value() / PERCENT)) : start - policy.value();
                })
                .reduce(choice)
                .orElse(current);
    }

    /** By how much the size was changed within the policy's period: its start is what the policy counts from. */
    private static int changed(HPAScalingPolicy policy, Collection<Moment> changes, long now) {
        return changes.stream()
                .filter(change -> change.isWithin(policy.periodSeconds(), now))
                .mapToInt(Moment::amount)
                .sum();
    }

    private static boolean isPercent(HPAScalingPolicy policy) {
        return policy.type().equals(HPAScalingPolicyType.PERCENT);
    }
}
