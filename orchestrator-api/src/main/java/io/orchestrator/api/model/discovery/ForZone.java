package io.orchestrator.api.model.discovery;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A zone whose clients should use an endpoint.")
@RecordBuilder
public record ForZone(
        @Field(value = "The name of the zone.", tag = 1, required = true, alwaysWritten = true)
        String name) implements ForZoneBuilder.With {
    public static final ForZone EMPTY = ForZoneBuilder.builder().build();

    public ForZone {
        name = Fields.text(name);
    }
}
