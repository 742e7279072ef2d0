package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("An image that is present on a node.")
@RecordBuilder
public record ContainerImage(
        @Field(
                value = "All names that the image is known by.",
                tag = 1,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> names,

        @Field(value = "How large it is, in bytes.", tag = 2)
        long sizeBytes)
        implements ContainerImageBuilder.With {
    public static final ContainerImage EMPTY = ContainerImageBuilder.builder().build();

    public ContainerImage {
        names = Fields.list(names);
    }
}
