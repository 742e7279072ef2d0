package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Names a metric.")
@RecordBuilder
public record MetricIdentifier(
        @Field(value = "The name of the metric.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Which series of the metric are meant.", tag = 2) @Nullable
        LabelSelector selector)
        implements MetricIdentifierBuilder.With {
    public static final MetricIdentifier EMPTY =
            MetricIdentifierBuilder.builder().build();

    public MetricIdentifier {
        name = Fields.text(name);
    }
}
