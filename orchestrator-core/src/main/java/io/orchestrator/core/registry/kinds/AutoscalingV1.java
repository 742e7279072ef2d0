package io.orchestrator.core.registry.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerCondition;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpecBuilder;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatus;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatusBuilder;
import io.orchestrator.api.model.autoscaling.MetricSourceType;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricSpecBuilder;
import io.orchestrator.api.model.autoscaling.MetricStatus;
import io.orchestrator.api.model.autoscaling.MetricStatusBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetType;
import io.orchestrator.api.model.autoscaling.MetricValueStatusBuilder;
import io.orchestrator.api.model.autoscaling.ResourceMetricSource;
import io.orchestrator.api.model.autoscaling.ResourceMetricStatus;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.ServedVersion;
import io.orchestrator.core.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Autoscalers as {@code autoscaling/v1} has them. That form knows one metric, the load of the processors; what else an object
 * says stands in annotations of the names that Kubernetes uses, as JSON of {@code autoscaling/v2}.
 */
final class AutoscalingV1 {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final String CONDITIONS = PREFIX + "conditions";
    private static final String CURRENT_METRICS = PREFIX + "current-metrics";

    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    ServedVersion<io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler, HorizontalPodAutoscaler> version() {
        return new ServedVersion<>(
                io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE,
                HorizontalPodAutoscaler.TYPE,
                this::read,
                this::write,
                UnaryOperator.identity());
    }

    private io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler read(HorizontalPodAutoscaler scaler) {
        HorizontalPodAutoscalerSpec spec = scaler.spec();
        HorizontalPodAutoscalerStatus status = scaler.status();
        List<MetricSpec> metrics = new ArrayList<>(spec.metrics());
        List<MetricStatus> current = new ArrayList<>(status.currentMetrics());
        Integer target = takeTarget(metrics);
        Integer load = takeLoad(current);
        Map<String, String> annotations = new LinkedHashMap<>(scaler.metadata().annotations());
        note(METRICS, metrics, annotations);
        note(CURRENT_METRICS, current, annotations);
        note(CONDITIONS, status.conditions(), annotations);
        if (spec.behavior() != null) {
            annotations.put(BEHAVIOR, codec.trees().text(codec.toTree(spec.behavior())));
        }
        CrossVersionObjectReference workload = spec.scaleTargetRef();
        return new io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler(
                scaler.metadata().withAnnotations(annotations),
                new io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscalerSpec(
                        new io.orchestrator.api.model.autoscaling.v1.CrossVersionObjectReference(
                                workload.kind(), workload.name(), workload.apiVersion()),
                        spec.minReplicas(),
                        spec.maxReplicas(),
                        target),
                new io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscalerStatus(
                        status.observedGeneration(),
                        status.lastScaleTime(),
                        status.currentReplicas(),
                        status.desiredReplicas(),
                        load));
    }

    /** Removes the metric that the older form has a field for. */
    private static @Nullable Integer takeTarget(List<MetricSpec> metrics) {
        for (MetricSpec metric : metrics) {
            ResourceMetricSource source = metric.resource();
            if (source != null && source.name().equals("cpu") && source.target().averageUtilization() != null) {
                metrics.remove(metric);
                return source.target().averageUtilization();
            }
        }
        return null;
    }

    private static @Nullable Integer takeLoad(List<MetricStatus> metrics) {
        for (MetricStatus metric : metrics) {
            ResourceMetricStatus source = metric.resource();
            if (source != null
                    && source.name().equals("cpu")
                    && source.current().averageUtilization() != null) {
                // What else was measured of it has no field; it stays in the annotation too.
                return source.current().averageUtilization();
            }
        }
        return null;
    }

    private void note(String annotation, List<?> items, Map<String, String> annotations) {
        if (!items.isEmpty()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> list.add(codec.toTree(item)));
            annotations.put(annotation, codec.trees().text(list));
        }
    }

    private HorizontalPodAutoscaler write(io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler scaler) {
        ObjectMeta metadata = scaler.metadata();
        var spec = scaler.spec();
        var status = scaler.status();
        Map<String, String> annotations = new LinkedHashMap<>(metadata.annotations());
        List<MetricSpec> metrics = new ArrayList<>(noted(METRICS, MetricSpec.class, annotations));
        if (spec.targetCPUUtilizationPercentage() != null) {
            metrics.add(target(spec.targetCPUUtilizationPercentage()));
        }
        List<MetricStatus> current = new ArrayList<>(noted(CURRENT_METRICS, MetricStatus.class, annotations));
        if (status.currentCPUUtilizationPercentage() != null && takeLoad(current) == null) {
            current.add(load(status.currentCPUUtilizationPercentage()));
        }
        var workload = spec.scaleTargetRef();
        var edited = HorizontalPodAutoscalerSpecBuilder.builder()
                .scaleTargetRef(
                        new CrossVersionObjectReference(workload.kind(), workload.name(), workload.apiVersion()))
                .minReplicas(spec.minReplicas())
                .maxReplicas(spec.maxReplicas())
                .metrics(metrics)
                .behavior(behavior(annotations));
        var observed = HorizontalPodAutoscalerStatusBuilder.builder()
                .observedGeneration(status.observedGeneration())
                .lastScaleTime(status.lastScaleTime())
                .currentReplicas(status.currentReplicas())
                .desiredReplicas(status.desiredReplicas())
                .currentMetrics(current)
                .conditions(noted(CONDITIONS, HorizontalPodAutoscalerCondition.class, annotations));
        return HorizontalPodAutoscalerBuilder.builder()
                .metadata(metadata.withAnnotations(annotations))
                .spec(edited.build())
                .status(observed.build())
                .build();
    }

    /** Takes a list back from its annotation. */
    private <T> List<T> noted(String annotation, Class<T> type, Map<String, String> annotations) {
        String text = annotations.remove(annotation);
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : codec.trees().parse(text)) {
            items.add(codec.read(item, type).value());
        }
        return items;
    }

    private @Nullable HorizontalPodAutoscalerBehavior behavior(Map<String, String> annotations) {
        String text = annotations.remove(BEHAVIOR);
        return text == null || text.isEmpty()
                ? null
                : codec.read(codec.trees().parse(text), HorizontalPodAutoscalerBehavior.class)
                        .value();
    }

    private static MetricSpec target(Integer percent) {
        return MetricSpecBuilder.builder()
                .type(MetricSourceType.RESOURCE)
                .resource(new ResourceMetricSource(
                        "cpu",
                        MetricTargetBuilder.builder()
                                .type(MetricTargetType.UTILIZATION)
                                .averageUtilization(percent)
                                .build()))
                .build();
    }

    private static MetricStatus load(Integer percent) {
        return MetricStatusBuilder.builder()
                .type(MetricSourceType.RESOURCE)
                .resource(new ResourceMetricStatus(
                        "cpu",
                        MetricValueStatusBuilder.builder()
                                .averageUtilization(percent)
                                .build()))
                .build();
    }
}
