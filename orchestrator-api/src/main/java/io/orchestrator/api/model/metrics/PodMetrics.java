package io.orchestrator.api.model.metrics;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ResourceKind(
        group = "metrics.k8s.io",
        version = "v1beta1",
        kind = "PodMetrics",
        plural = "pods",
        singular = "podmetrics")
@Description("What a pod uses. Carries the pod's labels.")
@RecordBuilder
public record PodMetrics(
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
                value = "What each container that runs uses.",
                tag = 4,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<ContainerMetrics> containers)
        implements Resource, PodMetricsBuilder.With {
    public static final ResourceType<PodMetrics> TYPE = ResourceType.of(PodMetrics.class);

    public PodMetrics {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        window = Fields.text(window);
        containers = Fields.list(containers);
    }

    /** What the pod's containers use of it together; zero where none was measured. */
    public Quantity total(String resource) {
        Quantity sum = Quantity.ZERO;
        for (ContainerMetrics container : containers) {
            sum = sum.plus(container.usage().getOrDefault(resource, Quantity.ZERO));
        }
        return sum;
    }

    @Override
    public PodMetrics withMetadata(ObjectMeta metadata) {
        return PodMetricsBuilder.With.super.withMetadata(metadata);
    }
}
