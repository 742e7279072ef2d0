package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Se linux options.")
@RecordBuilder
public record SELinuxOptions(
        @Field(value = "User.", tag = 1) String user,
        @Field(value = "Role.", tag = 2) String role,
        @Field(value = "Type.", tag = 3) String type,
        @Field(value = "Level.", tag = 4) String level)
        implements SELinuxOptionsBuilder.With {
    public static final SELinuxOptions EMPTY = SELinuxOptionsBuilder.builder().build();

    public SELinuxOptions {
        user = Fields.text(user);
        role = Fields.text(role);
        type = Fields.text(type);
        level = Fields.text(level);
    }
}
