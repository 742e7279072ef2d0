package io.orchestrator.api.model.autoscaling;

/** Known values of a metric source type; others are stored just as well. */
public final class MetricSourceType {
    public static final String OBJECT = "Object";
    public static final String PODS = "Pods";
    public static final String RESOURCE = "Resource";
    public static final String CONTAINER_RESOURCE = "ContainerResource";
    public static final String EXTERNAL = "External";

    private MetricSourceType() {}
}
