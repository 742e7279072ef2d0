package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Names a request or limit of a container.")
@Atomic
@RecordBuilder
public record ResourceFieldSelector(
        @Field(value = "The container; needed in volumes only.", tag = 1)
        String containerName,

        @Field(value = "What is asked for, such as limits.cpu.", tag = 2, required = true, alwaysWritten = true)
        String resource,

        @Field(value = "The unit that the value is given in.", tag = 3)
        Quantity divisor)
        implements ResourceFieldSelectorBuilder.With {
    public static final ResourceFieldSelector EMPTY =
            ResourceFieldSelectorBuilder.builder().build();

    public ResourceFieldSelector {
        containerName = Fields.text(containerName);
        resource = Fields.text(resource);
        divisor = Fields.orElse(divisor, Quantity.ZERO);
    }
}
