package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A group.")
@RecordBuilder
public record GroupSubject(
        @Field(value = "The name of the group; a star for all.", tag = 1, required = true, alwaysWritten = true)
        String name)
        implements GroupSubjectBuilder.With {
    public static final GroupSubject EMPTY = GroupSubjectBuilder.builder().build();

    public GroupSubject {
        name = Fields.text(name);
    }
}
