package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

@Description("How much storage is asked for.")
@RecordBuilder
public record VolumeResourceRequirements(
        @Field(value = "The most that the volume may have.", tag = 1)
        Map<String, Quantity> limits,

        @Field(value = "The least that the volume must have.", tag = 2)
        Map<String, Quantity> requests)
        implements VolumeResourceRequirementsBuilder.With {
    public static final VolumeResourceRequirements EMPTY =
            VolumeResourceRequirementsBuilder.builder().build();

    public VolumeResourceRequirements {
        limits = Fields.map(limits);
        requests = Fields.map(requests);
    }
}
