package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricStatus;
import io.orchestrator.api.model.autoscaling.MetricTarget;
import io.orchestrator.api.model.autoscaling.MetricValueStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints autoscalers, in either version. */
final class AutoscalerRows {
    private static final int SHOWN = 2;
    private static final String UNKNOWN = "<unknown>";

    private static final List<Column> COLUMNS = List.of(
            Column.name("Name, unique within a namespace"),
            Column.text("Reference", "The workload that is sized"),
            Column.text("Targets", "The metrics as they are and as they should be"),
            Column.text("MinPods", "The fewest replicas"),
            Column.number("MaxPods", "The most replicas"),
            Column.number("Replicas", "How many there are"),
            Column.age());

    private AutoscalerRows() {}

    static RowPrinter<HorizontalPodAutoscaler> autoscalers() {
        return new RowPrinter<>(COLUMNS, AutoscalerRows::cells);
    }

    private static List<Object> cells(HorizontalPodAutoscaler scaler, Instant now) {
        Integer min = scaler.spec().minReplicas();
        return List.of(
                scaler.metadata().name(),
                scaler.spec().scaleTargetRef().kind() + "/"
                        + scaler.spec().scaleTargetRef().name(),
                targets(scaler.spec().metrics(), scaler.status().currentMetrics()),
                min == null ? "<unset>" : String.valueOf(min),
                scaler.spec().maxReplicas(),
                scaler.status().currentReplicas(),
                Age.of(scaler, now));
    }

    static RowPrinter<io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler> older() {
        return new RowPrinter<>(COLUMNS, (scaler, now) -> {
            Integer wanted = scaler.spec().targetCPUUtilizationPercentage();
            Integer load = scaler.status().currentCPUUtilizationPercentage();
            Integer min = scaler.spec().minReplicas();
            return List.of(
                    scaler.metadata().name(),
                    scaler.spec().scaleTargetRef().kind() + "/"
                            + scaler.spec().scaleTargetRef().name(),
                    wanted == null ? "<none>" : "cpu: " + percent(load) + "/" + wanted + "%",
                    min == null ? "<unset>" : String.valueOf(min),
                    scaler.spec().maxReplicas(),
                    scaler.status().currentReplicas(),
                    Age.of(scaler, now));
        });
    }

    private static String targets(List<MetricSpec> wanted, List<MetricStatus> current) {
        if (wanted.isEmpty()) {
            return "<none>";
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < wanted.size() && i < SHOWN; i++) {
            all.add(target(wanted.get(i), i < current.size() ? current.get(i) : null));
        }
        String list = String.join(", ", all);
        return wanted.size() > SHOWN ? list + " + " + (wanted.size() - SHOWN) + " more..." : list;
    }

    private static String target(MetricSpec metric, @Nullable MetricStatus status) {
        if (metric.resource() != null) {
            MetricValueStatus now = status == null || status.resource() == null
                    ? null
                    : status.resource().current();
            return metric.resource().name() + ": " + average(metric.resource().target(), now);
        }
        if (metric.containerResource() != null) {
            MetricValueStatus now = status == null || status.containerResource() == null
                    ? null
                    : status.containerResource().current();
            return metric.containerResource().name() + ": "
                    + average(metric.containerResource().target(), now);
        }
        if (metric.pods() != null) {
            MetricValueStatus now = status == null || status.pods() == null
                    ? null
                    : status.pods().current();
            return (now == null ? UNKNOWN : text(now.averageValue())) + "/"
                    + text(metric.pods().target().averageValue());
        }
        if (metric.object() != null) {
            MetricValueStatus now = status == null || status.object() == null
                    ? null
                    : status.object().current();
            return value(metric.object().target(), now);
        }
        if (metric.external() != null) {
            MetricValueStatus now = status == null || status.external() == null
                    ? null
                    : status.external().current();
            return value(metric.external().target(), now);
        }
        return "<unknown type>";
    }

    private static String average(MetricTarget target, @Nullable MetricValueStatus now) {
        if (target.averageValue() != null) {
            return (now == null ? UNKNOWN : text(now.averageValue())) + "/" + target.averageValue();
        }
        Integer wanted = target.averageUtilization();
        return percent(now == null ? null : now.averageUtilization()) + "/"
                + (wanted == null ? "<auto>" : wanted + "%");
    }

    private static String value(MetricTarget target, @Nullable MetricValueStatus now) {
        if (target.averageValue() != null) {
            return (now == null ? UNKNOWN : text(now.averageValue())) + "/" + target.averageValue() + " (avg)";
        }
        return (now == null ? UNKNOWN : text(now.value())) + "/" + text(target.value());
    }

    private static String percent(@Nullable Integer value) {
        return value == null ? UNKNOWN : value + "%";
    }

    private static String text(@Nullable Quantity quantity) {
        return quantity == null ? UNKNOWN : quantity.toString();
    }
}
