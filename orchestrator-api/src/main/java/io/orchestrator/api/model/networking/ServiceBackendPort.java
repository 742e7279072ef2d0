package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A port by name or number.")
@Atomic
@RecordBuilder
public record ServiceBackendPort(
        @Field(value = "The name of the object.", tag = 1) String name,
        @Field(value = "The port's number.", tag = 2) int number)
        implements ServiceBackendPortBuilder.With {
    public static final ServiceBackendPort EMPTY =
            ServiceBackendPortBuilder.builder().build();

    public ServiceBackendPort {
        name = Fields.text(name);
    }
}
