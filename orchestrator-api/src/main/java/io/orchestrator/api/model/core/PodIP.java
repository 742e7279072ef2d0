package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("An address of a pod.")
@RecordBuilder
public record PodIP(
        @Field(value = "The address.", tag = 1, required = true, alwaysWritten = true)
        String ip) implements PodIPBuilder.With {
    public static final PodIP EMPTY = PodIPBuilder.builder().build();

    public PodIP {
        ip = Fields.text(ip);
    }
}
