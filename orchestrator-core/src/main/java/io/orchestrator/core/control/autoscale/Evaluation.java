package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricStatus;
import io.orchestrator.api.model.autoscaling.MetricStatusBuilder;
import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all metrics of an autoscaler come to: the one that asks for most decides, unless one cannot be had and the others would
 * shrink the target.
 *
 * @param best the metric that decides; null where none may
 * @param statuses of the metrics in their order, as {@code kubectl describe} wants them; empty where none could be had
 * @param failures of those that could not be had
 */
record Evaluation(@Nullable MetricReading best, List<MetricStatus> statuses, List<Failure> failures) {

    /** @param why it could not be had */
    record Failure(MetricSpec metric, String why) {}

    static Evaluation of(List<MetricSpec> metrics, int current, Function<MetricSpec, MetricReading> reading) {
        List<MetricStatus> statuses = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        MetricReading best = null;
        for (MetricSpec metric : metrics) {
            try {
                MetricReading read = reading.apply(metric);
                statuses.add(read.status());
                best = best == null || read.replicas() > best.replicas() ? read : best;
            } catch (MetricsUnavailableException e) {
                failures.add(new Failure(metric, e.getMessage()));
                statuses.add(MetricStatusBuilder.builder().type(metric.type()).build());
            }
        }
        boolean undecided = best == null || (!failures.isEmpty() && best.replicas() < current);
        return new Evaluation(undecided ? null : best, best == null ? List.of() : statuses, failures);
    }

    /** The failures as one. */
    String failure(int metrics) {
        Failure first = failures.get(0);
        return "invalid metrics (" + failures.size() + " invalid out of " + metrics + "), first error is: "
                + MetricReader.failureName(first.metric()) + ": " + first.why();
    }
}
