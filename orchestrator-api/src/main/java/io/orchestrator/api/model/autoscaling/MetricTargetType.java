package io.orchestrator.api.model.autoscaling;

/** Known values of a metric target type; others are stored just as well. */
public final class MetricTargetType {
    public static final String UTILIZATION = "Utilization";
    public static final String VALUE = "Value";
    public static final String AVERAGE_VALUE = "AverageValue";

    private MetricTargetType() {}
}
