package io.orchestrator.api.model.discovery;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Endpoint hints.")
@RecordBuilder
public record EndpointHints(
        @Field(value = "For zones.", tag = 1, listType = ListType.ATOMIC)
        List<ForZone> forZones) implements EndpointHintsBuilder.With {
    public static final EndpointHints EMPTY = EndpointHintsBuilder.builder().build();

    public EndpointHints {
        forZones = Fields.list(forZones);
    }
}
