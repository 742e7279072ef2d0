package io.orchestrator.api.model.metrics;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

@Description("What a container uses.")
@RecordBuilder
public record ContainerMetrics(
        @Field(value = "The container's name in the pod.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(
                value = "What it uses, by resource: the memory of its working set, and CPU on average over the window.",
                tag = 2,
                required = true,
                alwaysWritten = true)
        Map<String, Quantity> usage)
        implements ContainerMetricsBuilder.With {
    public ContainerMetrics {
        name = Fields.text(name);
        usage = Fields.map(usage);
    }
}
