package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Linux container user.")
@RecordBuilder
public record LinuxContainerUser(
        @Field(value = "Uid.", tag = 1, required = true, alwaysWritten = true)
        long uid,

        @Field(value = "Gid.", tag = 2, required = true, alwaysWritten = true)
        long gid,

        @Field(value = "Supplemental groups.", tag = 3, listType = ListType.ATOMIC)
        List<Long> supplementalGroups)
        implements LinuxContainerUserBuilder.With {
    public static final LinuxContainerUser EMPTY =
            LinuxContainerUserBuilder.builder().build();

    public LinuxContainerUser {
        supplementalGroups = Fields.list(supplementalGroups);
    }
}
