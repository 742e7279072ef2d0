package io.orchestrator.api.model.discovery;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("For zone.")
@RecordBuilder
public record ForZone(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name) implements ForZoneBuilder.With {
    public static final ForZone EMPTY = ForZoneBuilder.builder().build();

    public ForZone {
        name = Fields.text(name);
    }
}
