package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What a change of one resource does to a running container.")
@RecordBuilder
public record ContainerResizePolicy(
        @Field(value = "The resource.", tag = 1, required = true, alwaysWritten = true)
        String resourceName,

        @Field(value = "Whether the container is restarted.", tag = 2, required = true, alwaysWritten = true)
        String restartPolicy)
        implements ContainerResizePolicyBuilder.With {
    public static final ContainerResizePolicy EMPTY =
            ContainerResizePolicyBuilder.builder().build();

    public ContainerResizePolicy {
        resourceName = Fields.text(resourceName);
        restartPolicy = Fields.text(restartPolicy);
    }
}
