package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The health of what a container got of one resource.")
@RecordBuilder
public record ResourceStatus(
        @Field(value = "Which resource it is.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The health of each device.", tag = 2, listType = ListType.MAP, mapKeys = "resourceID")
        List<ResourceHealth> resources)
        implements ResourceStatusBuilder.With {
    public static final ResourceStatus EMPTY = ResourceStatusBuilder.builder().build();

    public ResourceStatus {
        name = Fields.text(name);
        resources = Fields.list(resources);
    }
}
