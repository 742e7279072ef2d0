package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Event series.")
@RecordBuilder
public record EventSeries(
        @Field(value = "Count.", tag = 1) int count,

        @Field(value = "Last observed time.", tag = 2, alwaysWritten = true) @Nullable
        MicroTime lastObservedTime)
        implements EventSeriesBuilder.With {
    public static final EventSeries EMPTY = EventSeriesBuilder.builder().build();
}
