package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Resource status.")
@RecordBuilder
public record ResourceStatus(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Resources.", tag = 2, listType = ListType.MAP, mapKeys = "resourceID")
        List<ResourceHealth> resources)
        implements ResourceStatusBuilder.With {
    public static final ResourceStatus EMPTY = ResourceStatusBuilder.builder().build();

    public ResourceStatus {
        name = Fields.text(name);
        resources = Fields.list(resources);
    }
}
