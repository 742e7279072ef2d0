package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import io.orchestrator.api.model.autoscaling.HPAScalingPolicyType;
import io.orchestrator.api.model.autoscaling.HPAScalingRules;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import io.orchestrator.api.model.autoscaling.MetricSourceType;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricTarget;
import io.orchestrator.api.model.autoscaling.MetricTargetType;
import io.orchestrator.api.model.autoscaling.ScalingPolicySelect;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of autoscalers. */
public final class AutoscalingValidation {
    private static final Path SPEC = Path.of("spec");
    private static final int LONGEST_PERIOD = 1800;
    private static final int LONGEST_WINDOW = 3600;

    private AutoscalingValidation() {}

    public static void autoscaler(HorizontalPodAutoscaler scaler, Violations violations) {
        HorizontalPodAutoscalerSpec spec = scaler.spec();
        Integer min = spec.minReplicas();
        if (min != null && min < 1) {
            violations.invalid(SPEC.child("minReplicas"), min, "must be greater than or equal to 1");
        }
        if (spec.maxReplicas() < 1) {
            violations.invalid(SPEC.child("maxReplicas"), spec.maxReplicas(), "must be greater than 0");
        }
        if (min != null && spec.maxReplicas() < min) {
            violations.invalid(
                    SPEC.child("maxReplicas"), spec.maxReplicas(), "must be greater than or equal to `minReplicas`");
        }
        workload(spec.scaleTargetRef(), SPEC.child("scaleTargetRef"), violations);
        for (int i = 0; i < spec.metrics().size(); i++) {
            metric(spec.metrics().get(i), SPEC.child("metrics").index(i), violations);
        }
        if (spec.behavior() != null) {
            rules(spec.behavior().scaleUp(), SPEC.child("behavior").child("scaleUp"), violations);
            rules(spec.behavior().scaleDown(), SPEC.child("behavior").child("scaleDown"), violations);
        }
    }

    private static void workload(CrossVersionObjectReference workload, Path field, Violations violations) {
        StorageValidation.required(field.child("kind"), workload.kind(), violations);
        StorageValidation.required(field.child("name"), workload.name(), violations);
    }

    private static void metric(MetricSpec metric, Path at, Violations violations) {
        if (metric.type().isEmpty()) {
            violations.required(at.child("type"), "must specify a metric source type");
            return;
        }
        violations.oneOf(
                at.child("type"),
                metric.type(),
                List.of(
                        MetricSourceType.CONTAINER_RESOURCE,
                        MetricSourceType.EXTERNAL,
                        MetricSourceType.OBJECT,
                        MetricSourceType.PODS,
                        MetricSourceType.RESOURCE));
        long sources = Stream.of(
                        metric.object(),
                        metric.pods(),
                        metric.resource(),
                        metric.containerResource(),
                        metric.external())
                .filter(Objects::nonNull)
                .count();
        if (sources > 1) {
            violations.forbidden(at, "may only set the metric source that its type names");
        }
        switch (metric.type()) {
            case MetricSourceType.RESOURCE -> {
                Path field = at.child("resource");
                if (present(metric.resource(), field, violations) && metric.resource() != null) {
                    StorageValidation.required(
                            field.child("name"), metric.resource().name(), violations);
                    target(metric.resource().target(), true, field.child("target"), violations);
                }
            }
            case MetricSourceType.CONTAINER_RESOURCE -> {
                Path field = at.child("containerResource");
                if (present(metric.containerResource(), field, violations) && metric.containerResource() != null) {
                    StorageValidation.required(
                            field.child("name"), metric.containerResource().name(), violations);
                    StorageValidation.required(
                            field.child("container"), metric.containerResource().container(), violations);
                    target(metric.containerResource().target(), true, field.child("target"), violations);
                }
            }
            case MetricSourceType.PODS -> {
                Path field = at.child("pods");
                if (present(metric.pods(), field, violations) && metric.pods() != null) {
                    StorageValidation.required(
                            field.child("metric").child("name"),
                            metric.pods().metric().name(),
                            violations);
                    target(metric.pods().target(), false, field.child("target"), violations);
                }
            }
            case MetricSourceType.OBJECT -> {
                Path field = at.child("object");
                if (present(metric.object(), field, violations) && metric.object() != null) {
                    workload(metric.object().describedObject(), field.child("describedObject"), violations);
                    StorageValidation.required(
                            field.child("metric").child("name"),
                            metric.object().metric().name(),
                            violations);
                    target(metric.object().target(), false, field.child("target"), violations);
                }
            }
            case MetricSourceType.EXTERNAL -> {
                Path field = at.child("external");
                if (present(metric.external(), field, violations) && metric.external() != null) {
                    StorageValidation.required(
                            field.child("metric").child("name"),
                            metric.external().metric().name(),
                            violations);
                    target(metric.external().target(), false, field.child("target"), violations);
                }
            }
            default -> {}
        }
    }

    private static boolean present(@Nullable Object source, Path field, Violations violations) {
        if (source == null) {
            violations.required(field, "must populate information for the given metric source");
        }
        return source != null;
    }

    private static void target(MetricTarget target, boolean ofResource, Path field, Violations violations) {
        violations.oneOf(
                field.child("type"),
                target.type(),
                List.of(MetricTargetType.AVERAGE_VALUE, MetricTargetType.UTILIZATION, MetricTargetType.VALUE));
        if (target.value() != null && target.value().signum() <= 0) {
            violations.invalid(field.child("value"), target.value(), "must be positive");
        }
        if (target.averageValue() != null && target.averageValue().signum() <= 0) {
            violations.invalid(field.child("averageValue"), target.averageValue(), "must be positive");
        }
        Integer percent = target.averageUtilization();
        if (percent != null && percent < 1) {
            violations.invalid(field.child("averageUtilization"), percent, "must be greater than 0");
        }
        if (ofResource) {
            if (percent == null && target.averageValue() == null) {
                violations.required(
                        field.child("averageUtilization"),
                        "must set either a target raw value or a target utilization");
            } else if (percent != null && target.averageValue() != null) {
                violations.forbidden(
                        field.child("averageValue"), "may not set both a target raw value and a target utilization");
            }
        } else if (target.value() == null && target.averageValue() == null) {
            violations.required(
                    field.child("averageValue"), "must set either a target value or a target average value");
        }
    }

    private static void rules(@Nullable HPAScalingRules rules, Path field, Violations violations) {
        if (rules == null) {
            return;
        }
        Integer window = rules.stabilizationWindowSeconds();
        if (window != null && window < 0) {
            violations.invalid(
                    field.child("stabilizationWindowSeconds"), window, "must be greater than or equal to zero");
        } else if (window != null && window > LONGEST_WINDOW) {
            violations.invalid(
                    field.child("stabilizationWindowSeconds"),
                    window,
                    "must be less than or equal to " + LONGEST_WINDOW);
        }
        if (rules.selectPolicy() != null) {
            violations.oneOf(
                    field.child("selectPolicy"),
                    rules.selectPolicy(),
                    List.of(ScalingPolicySelect.DISABLED, ScalingPolicySelect.MAX, ScalingPolicySelect.MIN));
        }
        if (rules.policies().isEmpty()) {
            violations.required(field.child("policies"), "must specify at least one Policy");
        }
        for (int i = 0; i < rules.policies().size(); i++) {
            policy(rules.policies().get(i), field.child("policies").index(i), violations);
        }
    }

    private static void policy(HPAScalingPolicy policy, Path at, Violations violations) {
        violations.oneOf(
                at.child("type"), policy.type(), List.of(HPAScalingPolicyType.PERCENT, HPAScalingPolicyType.PODS));
        if (policy.value() <= 0) {
            violations.invalid(at.child("value"), policy.value(), "must be greater than zero");
        }
        if (policy.periodSeconds() <= 0) {
            violations.invalid(at.child("periodSeconds"), policy.periodSeconds(), "must be greater than zero");
        } else if (policy.periodSeconds() > LONGEST_PERIOD) {
            violations.invalid(
                    at.child("periodSeconds"),
                    policy.periodSeconds(),
                    "must be less than or equal to " + LONGEST_PERIOD);
        }
    }
}
