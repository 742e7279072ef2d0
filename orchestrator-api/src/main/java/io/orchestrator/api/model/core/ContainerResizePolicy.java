package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Container resize policy.")
@RecordBuilder
public record ContainerResizePolicy(
        @Field(value = "Resource name.", tag = 1, required = true, alwaysWritten = true)
        String resourceName,

        @Field(value = "Restart policy.", tag = 2, required = true, alwaysWritten = true)
        String restartPolicy)
        implements ContainerResizePolicyBuilder.With {
    public static final ContainerResizePolicy EMPTY =
            ContainerResizePolicyBuilder.builder().build();

    public ContainerResizePolicy {
        resourceName = Fields.text(resourceName);
        restartPolicy = Fields.text(restartPolicy);
    }
}
