package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The storage drivers of a node.")
@RecordBuilder
public record CSINodeSpec(
        @Field(
                value = "The drivers that run on the node.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<CSINodeDriver> drivers)
        implements CSINodeSpecBuilder.With {
    public static final CSINodeSpec EMPTY = CSINodeSpecBuilder.builder().build();

    public CSINodeSpec {
        drivers = Fields.list(drivers);
    }
}
