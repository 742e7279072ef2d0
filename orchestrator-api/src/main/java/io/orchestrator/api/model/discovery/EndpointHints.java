package io.orchestrator.api.model.discovery;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Who should use an endpoint.")
@RecordBuilder
public record EndpointHints(
        @Field(value = "The zones whose clients should use it.", tag = 1, listType = ListType.ATOMIC)
        List<ForZone> forZones)
        implements EndpointHintsBuilder.With {
    public static final EndpointHints EMPTY = EndpointHintsBuilder.builder().build();

    public EndpointHints {
        forZones = Fields.list(forZones);
    }
}
