package io.orchestrator.api.model.metrics;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@ResourceKind(
        group = "metrics.k8s.io",
        version = "v1beta1",
        kind = "NodeMetrics",
        plural = "nodes",
        singular = "nodemetrics",
        namespaced = false)
@Description("What the pods of a node use. Carries the node's labels.")
@RecordBuilder
public record NodeMetrics(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(
                value = "When the window ended in which this was measured.",
                tag = 2,
                required = true,
                alwaysWritten = true)
        @Nullable
        Time timestamp,

        @Field(value = "How long the window was, such as 15.2s.", tag = 3, required = true, alwaysWritten = true)
        String window,

        @Field(
                value = "What is used, by resource: the memory of the working set, and CPU on average over the window.",
                tag = 4,
                required = true,
                alwaysWritten = true)
        Map<String, Quantity> usage)
        implements Resource, NodeMetricsBuilder.With {
    public static final ResourceType<NodeMetrics> TYPE = ResourceType.of(NodeMetrics.class);

    public NodeMetrics {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        window = Fields.text(window);
        usage = Fields.map(usage);
    }

    @Override
    public NodeMetrics withMetadata(ObjectMeta metadata) {
        return NodeMetricsBuilder.With.super.withMetadata(metadata);
    }
}
