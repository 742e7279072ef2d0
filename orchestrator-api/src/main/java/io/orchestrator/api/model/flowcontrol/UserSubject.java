package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A user.")
@RecordBuilder
public record UserSubject(
        @Field(value = "The name of the user; a star for all.", tag = 1, required = true, alwaysWritten = true)
        String name)
        implements UserSubjectBuilder.With {
    public static final UserSubject EMPTY = UserSubjectBuilder.builder().build();

    public UserSubject {
        name = Fields.text(name);
    }
}
