package io.orchestrator.api.model.events;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Events that are told in one.")
@RecordBuilder
public record EventSeries(
        @Field(value = "How many there were.", tag = 1, required = true, alwaysWritten = true)
        int count,

        @Field(value = "When the last one was seen.", tag = 2, required = true, alwaysWritten = true) @Nullable
        MicroTime lastObservedTime)
        implements EventSeriesBuilder.With {
    public static final EventSeries EMPTY = EventSeriesBuilder.builder().build();
}
