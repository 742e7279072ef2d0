package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Resource field selector.")
@Atomic
@RecordBuilder
public record ResourceFieldSelector(
        @Field(value = "Container name.", tag = 1) String containerName,

        @Field(value = "Resource.", tag = 2, required = true, alwaysWritten = true)
        String resource,

        @Field(value = "Divisor.", tag = 3) Quantity divisor)
        implements ResourceFieldSelectorBuilder.With {
    public static final ResourceFieldSelector EMPTY =
            ResourceFieldSelectorBuilder.builder().build();

    public ResourceFieldSelector {
        containerName = Fields.text(containerName);
        resource = Fields.text(resource);
        divisor = Fields.orElse(divisor, Quantity.ZERO);
    }
}
