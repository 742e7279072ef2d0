package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The ids that a container's first process started with.")
@RecordBuilder
public record LinuxContainerUser(
        @Field(value = "The user id.", tag = 1, required = true, alwaysWritten = true)
        long uid,

        @Field(value = "The main group id.", tag = 2, required = true, alwaysWritten = true)
        long gid,

        @Field(value = "The other group ids.", tag = 3, listType = ListType.ATOMIC)
        List<Long> supplementalGroups)
        implements LinuxContainerUserBuilder.With {
    public static final LinuxContainerUser EMPTY =
            LinuxContainerUserBuilder.builder().build();

    public LinuxContainerUser {
        supplementalGroups = Fields.list(supplementalGroups);
    }
}
