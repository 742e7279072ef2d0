package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("An SELinux context.")
@RecordBuilder
public record SELinuxOptions(
        @Field(value = "The user part.", tag = 1) String user,
        @Field(value = "The role part.", tag = 2) String role,
        @Field(value = "The type part.", tag = 3) String type,
        @Field(value = "The level part.", tag = 4) String level)
        implements SELinuxOptionsBuilder.With {
    public static final SELinuxOptions EMPTY = SELinuxOptionsBuilder.builder().build();

    public SELinuxOptions {
        user = Fields.text(user);
        role = Fields.text(role);
        type = Fields.text(type);
        level = Fields.text(level);
    }
}
