package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A component that reports events.")
@RecordBuilder
public record EventSource(
        @Field(value = "The name of the component.", tag = 1)
        String component,

        @Field(value = "The node that it runs on.", tag = 2) String host)
        implements EventSourceBuilder.With {
    public static final EventSource EMPTY = EventSourceBuilder.builder().build();

    public EventSource {
        component = Fields.text(component);
        host = Fields.text(host);
    }
}
