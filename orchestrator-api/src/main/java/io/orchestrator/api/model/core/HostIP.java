package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("An address of a node.")
@RecordBuilder
public record HostIP(
        @Field(value = "The address.", tag = 1, required = true, alwaysWritten = true)
        String ip) implements HostIPBuilder.With {
    public static final HostIP EMPTY = HostIPBuilder.builder().build();

    public HostIP {
        ip = Fields.text(ip);
    }
}
